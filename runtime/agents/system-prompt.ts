import type { JsonObject } from "#common/json.ts";
import type { FieldSchema } from "../ports.ts";
import { inOrder } from "../schema/json-schema.ts";
import type { OutputSchema } from "../schema/output-schema.ts";
import type { AgentDefinition, TurnCall } from "./agent-definition.ts";
import { styleInstructions } from "./prompting-style.ts";
import { renderTemplate } from "./template.ts";

/** The system message of a turn: prompt or its replacement, suffix, and how the answer must look. */
export function systemPrompt(definition: AgentDefinition, call: TurnCall, namespaces: JsonObject): string {
  const parts = [renderTemplate(call.systemPrompt ?? definition.systemPrompt, namespaces)];
  if (call.systemPromptSuffix !== undefined && call.systemPrompt === undefined) {
    parts.push(renderTemplate(call.systemPromptSuffix, namespaces));
  }
  parts.push(styleInstructions(definition.style, definition.output) ?? "");
  if (definition.output) parts.push(outputInstructions(definition.output));
  return parts.filter((part) => part !== "").join("\n\n");
}

/** How an answer with this output must look, for the model. */
export function outputInstructions(output: OutputSchema): string {
  if (output.kind === "value")
    return `Answer with one JSON value and nothing else: ${describe(output.field)}.`;
  const lines = inOrder(output.fields).map(([name, field]) => `- ${name}: ${describe(field)}`);
  return ["Answer with one JSON object and nothing else. Its fields:", ...lines].join("\n");
}

function describe(field: FieldSchema): string {
  const choices = field.enum ? `, one of ${JSON.stringify(field.enum)}` : "";
  const about = field.description ? `, ${field.description}` : "";
  return `${field.type}, ${field.required ? "required" : "optional"}${choices}${about}`;
}

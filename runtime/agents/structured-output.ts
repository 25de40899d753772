import { isJsonObject, type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import { coerceText } from "../schema/coerce-text.ts";
import { problemsText } from "../schema/field-problem.ts";
import type { OutputSchema } from "../schema/output-schema.ts";
import { validateOutput } from "../schema/validate.ts";
import { AgentFailure } from "./agent-failure.ts";

/** The value of an answer: JSON when it is JSON (with or without a code fence around it), else the text. */
export function parseAnswer(text: string): Json {
  const body = text
    .trim()
    .replace(/^```[^\n]*\n/, "")
    .replace(/\n?```$/, "");
  try {
    return parseJsonSafely(body);
  } catch {
    // Most answers are prose; that is no failure.
    return text;
  }
}

/**
 * Checks an answer against the agent's own output. Texts become the declared type where they can. An agent with tools
 * may answer in prose: it may have ended its work through a tool. Throws AgentFailure `output-invalid`.
 */
export function structuredOutput(
  agent: string,
  text: string,
  schema: OutputSchema,
  options: { readonly hasTools: boolean },
): Json {
  const answer = parseAnswer(text);
  if (schema.kind === "fields" && !isJsonObject(answer)) {
    if (options.hasTools) return answer;
    throw new AgentFailure("output-invalid", `Agent '${agent}' did not answer with a JSON object.`);
  }
  const checked = validateOutput(schema, coerce(schema, answer, text), { what: "output" });
  if (!checked.ok) throw new AgentFailure("output-invalid", problemsText(`Agent '${agent}'`, checked.error));
  return checked.value ?? null;
}

function coerce(schema: OutputSchema, answer: Json, text: string): Json {
  if (schema.kind === "fields") return isJsonObject(answer) ? coerceFields(schema.fields, answer) : answer;
  if (schema.field.type === "string") return typeof answer === "string" ? answer : text;
  return coerceValue(schema.field, answer);
}

function coerceFields(fields: FieldSchemas, answer: JsonObject): JsonObject {
  const result: Record<string, Json> = Object.assign(Object.create(null), answer);
  for (const [name, field] of Object.entries(fields)) {
    const value = result[name];
    if (value !== undefined) result[name] = coerceValue(field, value);
  }
  return result;
}

/** A text that can't become the type stays, so that validation names it. */
function coerceValue(field: FieldSchema, value: Json): Json {
  if (typeof value !== "string") return value;
  const coerced = coerceText(field, value);
  return coerced.ok ? coerced.value : value;
}

import { ok, type Result } from "#common/result.ts";
import { CallbackFailure, DecodedFunction, type DecodedTable } from "../schema/decoded.ts";
import { parseFieldSchemas } from "../schema/field-schema.ts";
import { toJsonSchema } from "../schema/json-schema.ts";
import { type OfferedTool, ToolFailure } from "../tools/offered-tool.ts";
import type { InlineTool } from "./agent-definition.ts";

/** A tool that an agent declares in place: the model and the records see it under the agent's name. */
export function inlineTool(agent: string, tool: InlineTool): OfferedTool {
  return {
    name: `${agent}_${tool.name}`,
    description: tool.description,
    parameters: toJsonSchema(tool.input),
    input: tool.input,
    zone: "lua",
    invoke: (parameters) => {
      try {
        return { value: tool.handler.call(parameters) ?? null };
      } catch (thrown) {
        if (!(thrown instanceof CallbackFailure)) throw thrown;
        throw new ToolFailure("tool-failed", thrown.message, { cause: thrown });
      }
    },
  };
}

/** Reads one entry of `inline_tools`: undefined when it has no name or no function. */
export function parseInlineTool(table: DecodedTable): Result<InlineTool | undefined, readonly string[]> {
  const { name, description, input, handler } = table;
  const positional = Object.values(table).find((value) => value instanceof DecodedFunction);
  const run = handler instanceof DecodedFunction ? handler : positional;
  if (typeof name !== "string" || !run) return ok(undefined);
  const fields = parseFieldSchemas(input, {
    what: `input of inline tool '${name}'`,
    requiredUnlessSaid: true,
  });
  if (!fields.ok) return fields;
  const text = typeof description === "string" ? description : "";
  return ok({ name, description: text, input: fields.value, handler: run });
}

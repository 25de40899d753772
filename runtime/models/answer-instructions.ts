import { outputInstructions } from "../agents/system-prompt.ts";
import type { FieldSchema } from "../ports.ts";
import type { ValueShape, ValueShapes } from "./value-shape.ts";

/**
 * What a language model is told of a declared output. Nothing when the output is the plain answer, `{response}`, which
 * every language model gives.
 */
export function answerInstructions(output: ValueShapes | undefined): string | undefined {
  const names = Object.keys(output ?? {});
  if (!output || names.length === 0 || names.join() === "response") return undefined;
  const fields = Object.entries(output).map(([name, shape]): [string, FieldSchema] => [name, fieldOf(shape)]);
  return outputInstructions({ kind: "fields", fields: Object.fromEntries(fields) });
}

function fieldOf(shape: ValueShape): FieldSchema {
  if (shape.kind === "fields") return { type: "object", required: true };
  return { type: shape.type === "any" ? "string" : shape.type, required: true };
}

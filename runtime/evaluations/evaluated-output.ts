import { isJsonObject, type Json } from "#common/json.ts";
import type { EvaluationCase } from "#protocol/wire/cases.ts";
import { shown } from "../specifications/expected-value.ts";

/** The part of an output, or of the expected one, that an evaluator looks at; a reason when it is not there. */
export type Looked =
  | { readonly found: true; readonly value: Json }
  | { readonly found: false; readonly reason: string };

/** The output, or a field of it. */
export function lookAt(output: Json, field: string | undefined): Looked {
  if (field === undefined) return { found: true, value: output };
  const value = fieldOf(output, field);
  if (value !== undefined) return { found: true, value };
  return { found: false, reason: `The output has no field '${field}': it is ${shown(output)}.` };
}

/** What the case expects there; undefined when it expects nothing. */
export function expectedAt({ expected }: EvaluationCase, field: string | undefined): Json | undefined {
  if (expected === undefined || field === undefined) return expected;
  return fieldOf(expected, field);
}

function fieldOf(value: Json, path: string): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  const [first = "", ...rest] = path.split(".");
  const inner = rest.length > 0 && Object.hasOwn(value, first) ? value[first] : undefined;
  return inner === undefined ? undefined : fieldOf(inner, rest.join("."));
}

import { isJsonObject, type Json } from "#common/json.ts";

/** Names of types, those of other languages included, and what they hold for. */
const types: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === "string",
  str: (value) => typeof value === "string",
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  float: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  int: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  bool: (value) => typeof value === "boolean",
  array: Array.isArray,
  list: Array.isArray,
  object: isJsonObject,
  dict: isJsonObject,
  table: (value) => typeof value === "object" && value !== null,
  nil: (value) => value === null,
  null: (value) => value === null,
};

/** For the message about a name that is none. */
const knownTypes: readonly string[] = Object.keys(types);

/** Whether a value is of a type. Throws on a name that is none. */
export function isInstance(value: Json, name: string): boolean {
  const holds = Object.hasOwn(types, name.toLowerCase()) ? types[name.toLowerCase()] : undefined;
  if (!holds) throw new Error(`'${name}' is no type. Types are: ${knownTypes.join(", ")}.`);
  return holds(value);
}

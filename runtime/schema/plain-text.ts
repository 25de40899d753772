import type { Json } from "#common/json.ts";

/** A value as prompts and mock patterns see it: text as it is, `true` in Lua's spelling, tables as JSON. */
export function plainText(value: Json): string {
  if (typeof value === "string") return value;
  return value === null ? "nil" : JSON.stringify(value);
}

import { cutText } from "#common/visible-text.ts";

/** A value like this one in which no text is longer than `most`; those that were say so. */
export function cutTexts<Value>(value: Value, most: number): Value {
  return cut(value, most) as Value;
}

function cut(value: unknown, most: number): unknown {
  if (typeof value === "string")
    return value.length <= most ? value : `${cutText(value, most)}… (${value.length} characters)`;
  if (Array.isArray(value)) return value.map((item) => cut(item, most));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, most)]));
}

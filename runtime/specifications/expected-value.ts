import type { Json } from "#common/json.ts";
import { plainText } from "../schema/plain-text.ts";
import { LiteralError, parseLiteral } from "./literal.ts";

/** Longer values are cut in messages. */
const longestShown = 300;

/**
 * The value that a step's text means: in quotes a text, `true` and `false` in any case, a number, a list or a table;
 * anything else is the text itself.
 */
export function valueOfText(text: string): Json {
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === "true";
  return literalOr(trimmed, trimmed);
}

/** A literal, or something else for a text that is none. */
function literalOr(text: string, otherwise: Json): Json {
  try {
    return parseLiteral(text);
  } catch (thrown) {
    if (thrown instanceof LiteralError) return otherwise;
    throw thrown;
  }
}

/** A text as a step gives it: without its quotes. */
export function textOf(text: string): string {
  const trimmed = text.trim();
  const value = /^(["']).*\1$/s.test(trimmed) ? literalOr(trimmed, trimmed.slice(1, -1)) : trimmed;
  return typeof value === "string" ? value : trimmed;
}

/** The items of `[…]`, given without the brackets: literals, else texts between commas. */
export function listOfText(items: string): Json {
  const trimmed = items.trim();
  if (trimmed === "") return [];
  const list = literalOr(`[${trimmed}]`, null);
  return list ?? trimmed.split(",").map((item) => valueOfText(item));
}

/** Whether a value is the one that a step's text means. */
export function isValue(actual: Json | undefined, expected: string): boolean {
  const value = valueOfText(expected);
  if (sameValue(actual ?? null, value)) return true;
  // Blanks around an unquoted text may be meant.
  return typeof value === "string" && actual !== undefined && [value, expected].includes(plainText(actual));
}

/** As `isValue`; a text that reads like the number or the word counts as well. */
export function readsAs(actual: Json | undefined, expected: string): boolean {
  return isValue(actual, expected) || (typeof actual === "string" && actual === expected.trim());
}

/** Equal in content, whatever the order of keys. */
export function sameValue(left: Json, right: Json): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** A value in a message. */
export function shown(value: Json | undefined): string {
  const text = value === undefined || value === null ? "nil" : JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

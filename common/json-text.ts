import { isJsonObject, type Json } from "#common/json.ts";
import { bounded, cutText, oneLine, visibleText } from "#common/visible-text.ts";

function* pieces(value: Json, longest: number, indent: string | undefined): Generator<string> {
  const open = indent === undefined ? "" : `\n${indent}  `;
  const close = indent === undefined ? "" : `\n${indent}`;
  const deeper = indent === undefined ? undefined : `${indent}  `;
  if (typeof value === "string") yield JSON.stringify(value.slice(0, longest));
  else if (Array.isArray(value)) {
    yield "[";
    for (const [index, item] of value.entries()) {
      yield index === 0 ? open : `,${open || " "}`;
      yield* pieces(item, longest, deeper);
    }
    yield value.length > 0 ? `${close}]` : "]";
  } else if (isJsonObject(value)) {
    const keys = Object.keys(value);
    yield "{";
    for (const [index, key] of keys.entries()) {
      yield `${index === 0 ? open : `,${open || " "}`}${indent === undefined ? shortKey(key) : JSON.stringify(key)}: `;
      yield* pieces(value[key] ?? null, longest, deeper);
    }
    yield keys.length > 0 ? `${close}}` : "}";
  } else yield String(value);
}

/** A key that could be taken for more than one is quoted. */
function shortKey(key: string): string {
  return /^[\w$.-]+$/.test(key) ? key : JSON.stringify(key);
}

/** Writes a value until `most` characters are reached, so that a huge value costs no more than a small one. */
function written(value: Json, most: number, indent: string | undefined): string {
  let text = "";
  for (const piece of pieces(value, most, indent)) {
    text += piece;
    if (text.length > most) return `${cutText(text, most)}…`;
  }
  return text;
}

/** A value on one line, for labels: `{number: "A-1001"}`; a text stands without quotes. */
export function jsonPreview(value: Json, most = 80): string {
  return oneLine(typeof value === "string" ? value : written(value, most, undefined), most);
}

/** A value on several lines, for tooltips and documents; a text stands as it is. */
export function jsonBlock(value: Json, most = 2000): string {
  return typeof value === "string" ? bounded(value, most) : visibleText(written(value, most, ""));
}

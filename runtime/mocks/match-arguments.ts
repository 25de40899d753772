import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { plainText } from "../schema/plain-text.ts";

const textTests: ReadonlyArray<readonly [prefix: string, test: (text: string, part: string) => boolean]> = [
  ["contains:", (text, part) => text.includes(part)],
  ["startswith:", (text, part) => text.startsWith(part)],
  ["endswith:", (text, part) => text.endsWith(part)],
];

/** True when every named argument is there and matches its pattern (language.md §2.8, `conditional`). */
export function matchesArguments(when: JsonObject, parameters: Json): boolean {
  return Object.entries(when).every(([name, pattern]) => {
    if (!isJsonObject(parameters) || !Object.hasOwn(parameters, name)) return false;
    const value = parameters[name];
    return value !== undefined && value !== null && matchesPattern(pattern, value);
  });
}

function matchesPattern(pattern: Json, value: Json): boolean {
  if (typeof pattern === "string") {
    const textTest = textTests.find(([prefix]) => pattern.startsWith(prefix));
    if (textTest) return textTest[1](plainText(value), pattern.slice(textTest[0].length));
  }
  return (
    pattern === value || (typeof value === "object" && JSON.stringify(pattern) === JSON.stringify(value))
  );
}

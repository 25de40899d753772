import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { fillPlaceholders, onlyPlaceholder, placeholdersIn } from "#common/placeholders.ts";

/** A value that can't stand where a template has a place for it. The message ends the sentence "Host tool 'x' …". */
export class TemplateProblem extends Error {}

/** Values by the names of their places. */
export type TemplateValues = JsonObject;

/**
 * A text with its places filled; undefined when a place has no value, since half a text means something else.
 * `encode` makes of each value what may stand at its place, or throws TemplateProblem.
 */
export function filledText(
  template: string,
  values: TemplateValues,
  encode: (text: string, name: string, offset: number) => string = (text) => text,
): string | undefined {
  const names = placeholdersIn(template);
  if (names.some((name) => givenValue(values, name) === undefined)) return undefined;
  return fillPlaceholders(template, (name, offset) => encode(scalarText(values, name), name, offset));
}

/**
 * JSON with its places filled: a text that is one place becomes the value with its type, others become text. What has
 * no value is left out of its mapping or list.
 */
export function filledJson(template: Json, values: TemplateValues): Json | undefined {
  if (typeof template === "string") {
    const name = onlyPlaceholder(template);
    return name === undefined ? filledText(template, values) : givenValue(values, name);
  }
  if (isJsonObject(template)) {
    const entries = Object.entries(template).flatMap(([key, item]) => {
      const value = filledJson(item, values);
      return value === undefined ? [] : [[key, value]];
    });
    return Object.fromEntries(entries);
  }
  if (!Array.isArray(template)) return template;
  return template.flatMap((item: Json) => {
    const value = filledJson(item, values);
    return value === undefined ? [] : [value];
  });
}

/** Line breaks, NUL and their kind. */
export function hasControlCharacter(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text);
}

function givenValue(values: TemplateValues, name: string): Json | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function scalarText(values: TemplateValues, name: string): string {
  const value = givenValue(values, name);
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new TemplateProblem(`was not called: its argument '${name}' is no text, number or boolean.`);
}

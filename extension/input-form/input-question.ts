import { isJsonObject, type Json } from "#common/json.ts";
import { jsonPreview } from "#common/json-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { FieldDescription } from "./field-description.ts";

/** One step of the form, as facts; `input-form.ts` draws it. */
export type InputQuestion = ChoiceQuestion | TextQuestion;

export interface ChoiceQuestion {
  readonly kind: "choice";
  readonly field: FieldDescription;
  readonly choices: readonly Choice[];
  /** Index of the choice that is offered first. */
  readonly active: number;
}

export interface TextQuestion {
  readonly kind: "text";
  readonly field: FieldDescription;
  /** What stands in the box. */
  readonly text: string;
}

interface Choice {
  readonly label: string;
  /** Undefined leaves the field out. */
  readonly value: Json | undefined;
}

/** The question for a field: picks for an enum and a boolean, a box for everything else. */
export function questionFor(field: FieldDescription, remembered: Json | undefined): InputQuestion {
  const start = remembered ?? field.default;
  const values = field.enum ?? (field.type === "boolean" ? [true, false] : undefined);
  if (!values) return { kind: "text", field, text: start === undefined ? "" : asText(start) };
  const choices: Choice[] = values.map((value) => ({ label: jsonPreview(value), value }));
  if (!field.required && field.default === undefined) choices.push({ label: "Leave out", value: undefined });
  const active = choices.findIndex(
    ({ value }) => value !== undefined && asText(value) === asText(start ?? null),
  );
  return { kind: "choice", field, choices, active: Math.max(0, active) };
}

/**
 * The value of what a person typed, or what is wrong with it. An empty box leaves an optional field out: the runtime
 * fills in its default.
 */
export function answerOf(field: FieldDescription, text: string): Result<Json | undefined, string> {
  if (text.trim() === "" && !(field.type === "string" && text !== "")) {
    return field.required ? fail("A value is required.") : ok(undefined);
  }
  switch (field.type) {
    case "string":
      return ok(text);
    case "integer":
    case "number":
      return numberOf(field, text.trim());
    case "boolean":
      return /^(true|false)$/.test(text.trim()) ? ok(text.trim() === "true") : fail("Enter true or false.");
    case "array":
    case "object":
      return structureOf(field.type, text);
  }
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf({ type, minimum, maximum }: FieldDescription, text: string): Result<Json, string> {
  const value = Number(text);
  if (!decimal.test(text) || !Number.isFinite(value)) return fail("Enter a number, such as 3 or 2.5.");
  if (type === "integer" && !Number.isSafeInteger(value)) return fail("Enter a whole number.");
  if (minimum !== undefined && value < minimum) return fail(`The smallest value is ${minimum}.`);
  if (maximum !== undefined && value > maximum) return fail(`The largest value is ${maximum}.`);
  return ok(value);
}

function structureOf(type: "array" | "object", text: string): Result<Json, string> {
  const example = type === "array" ? '["a", "b"]' : '{"key": "value"}';
  try {
    const value: Json = JSON.parse(text);
    const fits = type === "array" ? Array.isArray(value) : isJsonObject(value);
    return fits ? ok(value) : fail(`Enter JSON of type ${type}, such as ${example}.`);
  } catch {
    // What the parser says about an unfinished text helps nobody; the example does.
    return fail(`Enter JSON, such as ${example}.`);
  }
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

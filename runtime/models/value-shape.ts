import { isJsonObject, type Json } from "#common/json.ts";
import type { FieldSchema } from "../ports.ts";
import { type Decoded, isDecodedTable } from "../schema/decoded.ts";
import { shown } from "../schema/field-problem.ts";
import { typeOfWord } from "../schema/type-words.ts";

/** The type of one input or output of a model. */
export type ValueShape =
  | { readonly kind: "type"; readonly type: TypeName }
  | { readonly kind: "fields"; readonly fields: ValueShapes };

export type ValueShapes = Readonly<Record<string, ValueShape>>;

type TypeName = FieldSchema["type"] | "any";

/** Reads `input` or `output` of a model: names with type words, tables of the same, or fields. Unknown words mean anything. */
export function readShapes(declared: Decoded): ValueShapes | undefined {
  if (!isDecodedTable(declared)) return undefined;
  return Object.fromEntries(Object.entries(declared).map(([name, shape]) => [name, readShape(shape)]));
}

function readShape(declared: Decoded): ValueShape {
  if (!isDecodedTable(declared)) return { kind: "type", type: typeNamed(declared) };
  const word = declared["type"];
  if (typeof word === "string") return { kind: "type", type: typeNamed(word) };
  return { kind: "fields", fields: readShapes(declared) ?? {} };
}

function typeNamed(word: Decoded): TypeName {
  return (typeof word === "string" && typeOfWord(word)) || "any";
}

/** What does not fit, one sentence each; every declared field must be there. */
export function shapeProblems(shapes: ValueShapes, value: Json, path: string): readonly string[] {
  if (!isJsonObject(value)) return [`${path} must be a table, got ${shown(value)}.`];
  return Object.entries(shapes).flatMap(([name, shape]) => {
    const part = value[name];
    const label = `${path}.${name}`;
    if (part === undefined || part === null) return [`${label} is missing.`];
    if (shape.kind === "fields") return shapeProblems(shape.fields, part, label);
    return fits(shape.type, part) ? [] : [`${label} must be ${named(shape.type)}, got ${shown(part)}.`];
  });
}

function fits(type: TypeName, value: Json): boolean {
  switch (type) {
    case "any":
      return true;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value) || isEmptyTable(value);
    case "object":
      return isJsonObject(value);
    default:
      return typeof value === type;
  }
}

/** An empty Lua table is a list as well. */
function isEmptyTable(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function named(type: TypeName): string {
  if (type === "array") return "a list";
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`;
}

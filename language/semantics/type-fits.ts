import { alternatives, type Type } from "#language/semantics/types.ts";
import type { ValueKind } from "#vocabulary/entries.ts";

/** Whether a value may be of one of these kinds. What is not known fits everything, so a `false` is certain. */
export function fitsKinds(type: Type, kinds: readonly ValueKind[]): boolean {
  return alternatives(type).some((alternative) => kinds.some((kind) => fitsKind(alternative, kind)));
}

function fitsKind(type: Type, kind: ValueKind): boolean {
  if (type.kind === "unknown" || kind === "any") return true;
  switch (kind) {
    case "text":
      return type.kind === "string";
    case "number":
      return type.kind === "number";
    case "integer":
      return type.kind === "number";
    case "boolean":
      return type.kind === "boolean";
    case "nil":
      return type.kind === "nil";
    case "function":
      return type.kind === "function" || (type.kind === "handle" && type.call !== undefined);
    case "list":
    case "table":
    case "schema":
      return type.kind === "table";
    case "handle":
      return type.kind === "handle" || type.kind === "table";
  }
}

/** Whether a value fits the type of a schema field; certain when false. */
export function fitsFieldType(type: Type, fieldType: string): boolean {
  const kinds: Readonly<Record<string, readonly ValueKind[]>> = {
    string: ["text"],
    number: ["number"],
    integer: ["integer"],
    boolean: ["boolean"],
    array: ["list"],
    object: ["table"],
  };
  return fitsKinds(type, kinds[fieldType] ?? ["any"]);
}

const words: Readonly<Record<ValueKind, string>> = {
  text: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  list: "a list",
  table: "a table",
  function: "a function",
  schema: "a table of fields",
  handle: "a declared value",
  nil: "nil",
  any: "anything",
};

/** Kinds for people: `a text or a table`. */
export function kindsText(kinds: readonly ValueKind[]): string {
  return [...new Set(kinds.map((kind) => words[kind]))].join(" or ");
}

/** What a value is, for people. */
export function valueText(type: Type): string {
  switch (type.kind) {
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "table":
      return "a table";
    case "function":
      return "a function";
    case "boolean":
      return "true or false";
    case "nil":
      return "nil";
    case "handle":
      return `a ${type.handle}`;
    case "union":
      return type.members.map(valueText).join(" or ");
    case "unknown":
      return "anything";
  }
}

import type { Effect, FieldEntry, FunctionEntry, ValueKind } from "../entries.ts";

const kinds: Readonly<Record<string, readonly ValueKind[]>> = {
  string: ["text"],
  number: ["number"],
  integer: ["integer"],
  boolean: ["boolean"],
  table: ["table"],
  list: ["list"],
  function: ["function"],
  nil: ["nil"],
  any: ["any"],
  "string|nil": ["text", "nil"],
  "string|number": ["text", "number"],
  "string|function": ["text", "function"],
  "string|table|function": ["text", "table", "function"],
  "number|nil": ["number", "nil"],
  "integer|nil": ["integer", "nil"],
  "boolean|nil": ["boolean", "nil"],
};

/**
 * A function of the Lua library, from a short signature: `"rep(s: string, n: integer, sep?: string): string"`. `...`
 * as the last parameter takes any number of arguments.
 */
export function luaFunction(signature: string, doc: string, effect?: Effect): FunctionEntry {
  const [, name = "", parameters = "", returns = ""] = /^(\w+)\((.*?)\)(?:: (.*))?$/.exec(signature) ?? [];
  const texts = parameters.split(", ").filter((text) => text !== "");
  return {
    name,
    doc,
    parameters: texts.filter((text) => text !== "...").map(parameterOf),
    returns: returns === "" ? [] : returns.split(", ").flatMap((text) => kinds[text] ?? ["any"]),
    ...(texts.includes("...") && { isVararg: true }),
    ...(effect && { effect }),
  };
}

function parameterOf(text: string): FieldEntry {
  const [, name = "", optional, type = "any"] = /^(\w+)(\?)?: (.*)$/.exec(text) ?? [];
  return { name, types: kinds[type] ?? ["any"], doc: "", ...(optional === undefined && { required: true }) };
}

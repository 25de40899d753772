import type { FunctionType, Member, Parameter, Type } from "#language/semantics/types.ts";

/** How deep tables are spelled out. */
const deepest = 2;
const mostMembers = 12;

/** A type for people, in the notation of annotations: `{ name: string, tags?: string[] }`. */
export function typeText(type: Type, depth = 0): string {
  switch (type.kind) {
    case "unknown":
      return "any";
    case "nil":
      return "nil";
    case "boolean":
      return type.value === undefined ? "boolean" : String(type.value);
    case "number":
      return type.isInteger ? "integer" : "number";
    case "string":
      return stringText(type.value === undefined ? type.values : [type.value]);
    case "table":
      return tableText(type, depth);
    case "function":
      return functionText(type, depth);
    case "handle":
      return type.name === undefined ? type.handle : `${type.handle} "${type.name}"`;
    case "union":
      return type.members.map((member) => typeText(member, depth + 1)).join(" | ");
  }
}

/** A function's parameters and results: `fun(name: string): integer`. */
function functionText(type: FunctionType, depth = 0): string {
  const returns = depth > deepest ? [] : type.returns().map((returned) => typeText(returned, depth + 1));
  const result = returns.length > 0 ? `: ${returns.join(", ")}` : "";
  return `fun(${parametersText(type, depth)})${result}`;
}

/** The parameters between the parentheses. */
export function parametersText(type: FunctionType, depth = 0): string {
  const parameters = type.parameters.map((parameter) => parameterText(parameter, depth));
  return [...parameters, ...(type.isVararg ? ["..."] : [])].join(", ");
}

/** One parameter: `name?: string`. */
export function parameterText({ name, isOptional, type }: Parameter, depth = 0): string {
  const text = type.kind === "unknown" ? "" : `: ${typeText(type, depth + 1)}`;
  return `${name}${isOptional ? "?" : ""}${text}`;
}

function stringText(values: readonly string[] | undefined): string {
  if (!values) return "string";
  return values
    .map((value) => JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value))
    .join(" | ");
}

function tableText(type: Extract<Type, { kind: "table" }>, depth: number): string {
  if (type.name !== undefined) return type.name;
  if (type.element && type.members.size === 0) {
    const element = typeText(type.element, depth + 1);
    return type.element.kind === "union" || type.element.kind === "function"
      ? `(${element})[]`
      : `${element}[]`;
  }
  if (type.members.size === 0 || depth >= deepest) return "table";
  const members = [...type.members.values()].slice(0, mostMembers).map((member) => memberText(member, depth));
  const more = type.members.size > mostMembers ? ["…"] : [];
  return `{ ${[...members, ...more].join(", ")} }`;
}

function memberText({ name, isOptional, type }: Member, depth: number): string {
  return `${name}${isOptional ? "?" : ""}: ${typeText(type, depth + 1)}`;
}

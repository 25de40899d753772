import type { ConfigPath } from "#language/sidecar/config-path.ts";

/** `${NAME}` in a text of a config file. There are no defaults and no escapes. */
const reference = /\$\{([A-Za-z_]\w*)\}/g;

/** A `${NAME}` and the value it stands in. */
export interface VariableUse {
  readonly name: string;
  readonly path: ConfigPath;
}

/** What is wrong with a `${NAME}` of a variable that is not set. */
export function unsetMessage({ name, path }: VariableUse): string {
  return `"${path.join(".")}" uses \${${name}}, and no such environment variable is set. Set it, or write the value.`;
}

/** Every `${NAME}` in the texts of a value. */
export function findVariables(value: unknown, path: ConfigPath = []): VariableUse[] {
  if (typeof value === "string")
    return [...value.matchAll(reference)].map(([, name = ""]) => ({ name, path }));
  if (Array.isArray(value)) return value.flatMap((item, index) => findVariables(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => findVariables(item, [...path, key]));
}

/** The same value with each `${NAME}` replaced for which `lookup` has a text. */
export function expandVariables<Value>(value: Value, lookup: (name: string) => string | undefined): Value;
export function expandVariables(value: unknown, lookup: (name: string) => string | undefined): unknown {
  if (typeof value === "string") return value.replace(reference, (all, name: string) => lookup(name) ?? all);
  if (Array.isArray(value)) return value.map((item) => expandVariables(item, lookup));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandVariables(item, lookup)]));
}

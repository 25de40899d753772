import type { DebugProtocol } from "@vscode/debugprotocol";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { Container, Page, References } from "./container.ts";

/** Characters of a preview. */
const longestPreview = 200;
/** Children that one answer holds when the client does not page. */
const mostChildren = 1000;

/** A recorded value as a variable; what it holds is shown when somebody opens it. */
export function jsonVariable(
  name: string,
  value: Json,
  references: References,
  evaluateName?: string,
): DebugProtocol.Variable {
  return {
    name,
    value: preview(value),
    type: typeOf(value),
    ...jsonReference(value, references, evaluateName),
    ...(evaluateName !== undefined && { evaluateName }),
    presentationHint: { attributes: ["readOnly"] },
  };
}

/** The number under which a value's children can be asked for, and how many there are; 0 for a scalar. */
export function jsonReference(
  value: Json,
  references: References,
  path?: string,
): Pick<DebugProtocol.Variable, "variablesReference" | "namedVariables" | "indexedVariables"> {
  if (Array.isArray(value) && value.length > 0)
    return {
      variablesReference: references.add(jsonContainer(value, references, path)),
      indexedVariables: value.length,
    };
  if (isJsonObject(value) && Object.keys(value).length > 0)
    return {
      variablesReference: references.add(jsonContainer(value, references, path)),
      namedVariables: Object.keys(value).length,
    };
  return { variablesReference: 0 };
}

/** The children of a recorded value. `path`: the expression that leads to it. */
export function jsonContainer(value: Json, references: References, path?: string): Container {
  return {
    children: async (page) =>
      pageOf(entriesOf(value), page, Array.isArray(value)).map(([key, child]) =>
        jsonVariable(String(key), child, references, path === undefined ? undefined : pathTo(path, key)),
      ),
  };
}

function entriesOf(value: Json): ReadonlyArray<readonly [string | number, Json]> {
  // Lists count from 1, as they do in the procedure.
  if (Array.isArray(value)) return value.map((item: Json, index) => [index + 1, item] as const);
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** The entries that a client asks for. */
function pageOf<Entry>(entries: readonly Entry[], page: Page, indexed: boolean): readonly Entry[] {
  if (page.filter && (page.filter === "indexed") !== indexed) return [];
  const start = page.start ?? 0;
  return entries.slice(start, start + Math.min(page.count || mostChildren, mostChildren));
}

const plainName = /^[A-Za-z_]\w*$/;

function pathTo(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return plainName.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function typeOf(value: Json): string {
  if (value === null) return "nil";
  return typeof value === "object" ? "table" : typeof value;
}

/** A value in a line, as Lua would write it. */
export function preview(value: Json, most: number = longestPreview): string {
  const text = luaText(value, most);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function luaText(value: Json, most: number): string {
  if (value === null) return "nil";
  if (typeof value === "string") return JSON.stringify(value.slice(0, most + 1));
  if (typeof value !== "object") return String(value);
  return `{${joined(value as readonly Json[] | JsonObject, most)}}`;
}

function joined(value: readonly Json[] | JsonObject, most: number): string {
  let text = "";
  for (const [key, child] of entriesOf(value)) {
    if (text.length > most) return text;
    const name =
      typeof key === "number" ? "" : `${plainName.test(key) ? key : `[${JSON.stringify(key)}]`} = `;
    text += `${text === "" ? "" : ", "}${name}${luaText(child, most - text.length)}`;
  }
  return text;
}

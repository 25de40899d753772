import type { Json, JsonObject } from "#common/json.ts";

/**
 * A value of a declaration after the Lua tables became host values: JSON, plus what JSON can't carry. Lists are
 * tables with the keys 1..n; other tables are objects, their positional entries under "1", "2", …; an empty table
 * may come as `[]` or `{}` and means both.
 */
export type Decoded = Json | DecodedFunction | DecodedHandle | readonly Decoded[] | DecodedTable | undefined;

export interface DecodedTable {
  readonly [key: string]: Decoded;
}

/** A function of a declaration raised an error that the procedure could have caught. */
export class CallbackFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CallbackFailure";
  }
}

/** A Lua function inside a declaration. `call` throws CallbackFailure; anything else it throws ends the run. */
export class DecodedFunction {
  readonly call: (...args: readonly Json[]) => Json | undefined;

  constructor(call: (...args: readonly Json[]) => Json | undefined) {
    this.call = call;
  }
}

/** A handle (agent, tool, context …) inside a declaration. Its name is read late: assignment to a global renames it. */
export class DecodedHandle {
  readonly kind: string;
  readonly #name: () => string;

  constructor(kind: string, name: () => string) {
    this.kind = kind;
    this.#name = name;
  }

  get name(): string {
    return this.#name();
  }
}

/** True for a table with keys; an empty list counts, since an empty Lua table is both. */
export function isDecodedTable(value: Decoded): value is DecodedTable {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof DecodedFunction || value instanceof DecodedHandle) return false;
  return !Array.isArray(value) || value.length === 0;
}

/** True for a list; an empty table counts, since an empty Lua table is both. */
export function isDecodedList(value: Decoded): value is readonly Decoded[] {
  if (Array.isArray(value)) return true;
  return isDecodedTable(value) && Object.keys(value).length === 0;
}

/** The items of a list; nothing for an empty table that came as an object. */
export function decodedItems(value: readonly Decoded[] | DecodedTable): readonly Decoded[] {
  return Array.isArray(value) ? value : [];
}

/** The value as JSON; undefined when it holds a function or a handle somewhere. */
export function decodedJson(value: Decoded): Json | undefined {
  if (value instanceof DecodedFunction || value instanceof DecodedHandle || value === undefined)
    return undefined;
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? jsonList(value) : jsonTable(value as DecodedTable);
}

function jsonList(values: readonly Decoded[]): Json | undefined {
  const items = values.map(decodedJson);
  return items.every((item) => item !== undefined) ? items : undefined;
}

function jsonTable(table: DecodedTable): JsonObject | undefined {
  const result: Record<string, Json> = Object.create(null);
  for (const [key, value] of Object.entries(table)) {
    const json = decodedJson(value);
    if (json === undefined) return undefined;
    result[key] = json;
  }
  return result;
}

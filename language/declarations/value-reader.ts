import type {
  EvaluatedFunction,
  EvaluatedHandle,
  EvaluatedValue,
} from "#language/declarations/evaluated-declarations.ts";
import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";

/** Deeper tables, and more values than these, are left out. Nobody writes as much by hand. */
const greatestDepth = 16;
const mostValues = 20_000;
const longestText = 256 * 1024;
const mostText = 4 << 20;
const longestList = 10_000;

/** What the reader needs to know of references. */
export interface ReferenceReader {
  /** Called with the number of a handle. */
  readonly handle: (number: number) => EvaluatedHandle;
  readonly function: (target: LuaFunction) => EvaluatedFunction;
}

type Table = Extract<EvaluatedValue, { kind: "table" }>;

/** Copies values out of Lua, within limits that hold for the whole evaluation. */
export class ValueReader {
  readonly #references: ReferenceReader;
  readonly #path: LuaTable[] = [];
  #values = 0;
  #text = 0;

  constructor(references: ReferenceReader) {
    this.#references = references;
  }

  read(value: LuaValue): EvaluatedValue {
    if (++this.#values > mostValues) return { kind: "omitted", why: "size" };
    if (value === undefined) return null;
    if (typeof value === "string") return this.#readText(value);
    if (typeof value === "bigint") return Number(value);
    if (typeof value !== "object") return value;
    if (value.kind === "function") return this.#references.function(value);
    return value.kind === "table" ? this.#readTable(value) : null;
  }

  /** As `read`, of the table that a declaration is given; its own metatable says nothing. */
  readConfig(table: LuaTable): Table {
    return this.#within(table, () => this.#content(table));
  }

  #readText(text: string): EvaluatedValue {
    if (text.length > longestText || this.#text + text.length > mostText)
      return { kind: "omitted", why: "size" };
    this.#text += text.length;
    return text;
  }

  #readTable(table: LuaTable): EvaluatedValue {
    const metatable = table.getMetatable();
    const number = metatable?.get("__handle");
    if (typeof number === "number") return this.#references.handle(number);
    if (metatable?.get("__standIn") === true) return { kind: "standIn" };
    if (this.#path.length >= greatestDepth) return { kind: "omitted", why: "depth" };
    if (this.#path.some((outer) => outer.is(table))) return { kind: "omitted", why: "cycle" };
    if (table.length() > longestList) return { kind: "omitted", why: "size" };
    return this.#within(table, () => {
      const { items, fields } = this.#content(table);
      const type = metatable?.get("__field");
      if (typeof type !== "string") return { kind: "table", items, fields };
      const { type: _, ...options } = fields;
      return { kind: "field", type, options };
    });
  }

  #content(table: LuaTable): Table {
    const items: EvaluatedValue[] = [];
    const fields: Record<string, EvaluatedValue> = Object.create(null);
    for (const [key, value] of table.entries()) {
      if (key === items.length + 1) items.push(this.read(value));
      else fields[keyText(key)] = this.read(value);
    }
    return { kind: "table", items, fields };
  }

  #within<Result>(table: LuaTable, work: () => Result): Result {
    this.#path.push(table);
    try {
      return work();
    } finally {
      this.#path.pop();
    }
  }
}

function keyText(key: LuaValue): string {
  return typeof key === "object" ? `[${key.kind}]` : String(key);
}

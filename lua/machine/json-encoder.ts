import { type JsonEncoding, LuaError, type LuaTable } from "../engine.ts";
import { compareKeys } from "./key-order.ts";
import { type LuaStack, luaType } from "./lua-stack.ts";

const defaultDepth = 64;
const noun = new Map<number, string>([
  [luaType.function, "a function"],
  [luaType.thread, "a coroutine"],
  [luaType.userdata, "a userdata"],
  [luaType.lightUserdata, "a userdata"],
]);

/** Encodes the value on top of the stack, without running any Lua code. Throws LuaError of kind "conversion". */
export class JsonEncoder {
  readonly #stack: LuaStack;
  readonly #encoding: JsonEncoding;
  readonly #tableReference: (index: number) => LuaTable;
  readonly #comma: string;
  readonly #colon: string;
  /** Tables that are being encoded, and the keys that lead to the value in hand. */
  readonly #open = new Set<unknown>();
  readonly #path: Array<string | number> = [];
  #length = 0;

  constructor(stack: LuaStack, encoding: JsonEncoding, tableReference: (index: number) => LuaTable) {
    this.#stack = stack;
    this.#encoding = encoding;
    this.#tableReference = tableReference;
    this.#comma = encoding.spaced === true ? ", " : ",";
    this.#colon = encoding.spaced === true ? ": " : ":";
  }

  /** The JSON text of the value on top, which stays there; null when the value is one to leave out. */
  encode(): string {
    return this.#value() ?? "null";
  }

  #value(): string | undefined {
    const stack = this.#stack;
    switch (stack.typeAt(-1)) {
      case luaType.nil:
        return this.#count("null");
      case luaType.boolean:
        return this.#count(stack.toBoolean(-1) ? "true" : "false");
      case luaType.number:
        return this.#count(this.#number());
      case luaType.string:
        return this.#string();
      case luaType.table:
        return this.#table();
      default:
        return this.#unsupported(stack.typeAt(-1));
    }
  }

  #number(): string {
    const value = this.#stack.toNumber(-1);
    if (this.#stack.isInteger(-1)) {
      return Number.isSafeInteger(value) ? String(value) : String(this.#stack.toBigInt(-1));
    }
    if (!Number.isFinite(value)) return this.#encoding.nonFinite === "words" ? String(value) : "null";
    return floatText(value);
  }

  #string(): string {
    if (this.#stack.byteLength(-1) > this.#bytesLeft()) this.#failTooLong();
    return this.#count(JSON.stringify(this.#stack.toText(-1)));
  }

  #unsupported(type: number): undefined {
    if (this.#encoding.unsupported === "omit") return undefined;
    throw this.#failure(`${noun.get(type) ?? "this value"} can't become JSON`);
  }

  #table(): string {
    const special = this.#special();
    if (special !== undefined) return this.#count(special);
    const identity = this.#stack.identity(-1);
    if (this.#open.has(identity)) throw this.#failure("a table that contains itself can't become JSON");
    const depth = this.#encoding.maximumDepth ?? defaultDepth;
    if (this.#open.size >= depth) throw this.#failure(`the value is nested deeper than ${depth} levels`);
    this.#open.add(identity);
    this.#stack.reserve(4);
    const text = this.#content();
    this.#open.delete(identity);
    return text;
  }

  #special(): string | undefined {
    if (this.#encoding.special === undefined || !this.#stack.getMetatable(-1)) return undefined;
    this.#stack.setTop(-2);
    return this.#encoding.special(this.#tableReference(-1));
  }

  #content(): string {
    const length = this.#sequenceLength();
    if (length === undefined) return this.#object();
    if (length === 0) return this.#count(this.#encoding.emptyTable === "array" ? "[]" : "{}");
    return this.#list(length);
  }

  /** The number of items when the keys are exactly 1..n, 0 for an empty table, otherwise undefined. */
  #sequenceLength(): number | undefined {
    const stack = this.#stack;
    const length = stack.rawLength(-1);
    let seen = 0;
    stack.pushNil();
    while (stack.next(-2)) {
      stack.setTop(-2);
      const key = stack.typeAt(-1) === luaType.number && stack.isInteger(-1) ? stack.toNumber(-1) : 0;
      if (key < 1 || key > length) {
        stack.setTop(-2);
        return undefined;
      }
      seen++;
    }
    return seen === length ? length : undefined;
  }

  #list(length: number): string {
    const items: string[] = [];
    this.#count("[]");
    for (let position = 1; position <= length; position++) {
      this.#stack.rawGetAt(-1, position);
      this.#path.push(position);
      const item = this.#value();
      this.#path.pop();
      this.#stack.setTop(-2);
      if (item === undefined) continue;
      this.#length += this.#comma.length;
      items.push(item);
    }
    return `[${items.join(this.#comma)}]`;
  }

  #object(): string {
    const stack = this.#stack;
    const table = stack.top();
    this.#count("{}");
    this.#pushEntries(table);
    const entries: Array<[key: string | number | bigint, value: string]> = [];
    for (let index = table + 1, last = stack.top(); index < last; index += 2) {
      const key = this.#key(index);
      if (key === undefined) continue;
      stack.pushCopy(index + 1);
      this.#path.push(String(key));
      const value = this.#value();
      this.#path.pop();
      stack.setTop(-2);
      if (value === undefined) continue;
      this.#length += this.#comma.length + this.#colon.length + String(key).length + 2;
      entries.push([key, value]);
    }
    stack.setTop(table);
    return this.#joinEntries(entries.sort(([left], [right]) => compareKeys(left, right)));
  }

  /** All keys and values go onto the stack first: `special` may change a table that is being walked. */
  #pushEntries(table: number): void {
    this.#stack.pushNil();
    while (this.#stack.next(table)) {
      this.#stack.reserve(3);
      this.#stack.pushCopy(-2);
    }
  }

  /** Of two keys that read the same in JSON (`1` and `"1"`) the first in order counts. */
  #joinEntries(entries: ReadonlyArray<[key: string | number | bigint, value: string]>): string {
    const fields = new Map<string, string>();
    for (const [key, value] of entries) {
      const text = JSON.stringify(
        typeof key === "number" && !Number.isInteger(key) ? floatText(key) : String(key),
      );
      if (!fields.has(text)) fields.set(text, text + this.#colon + value);
    }
    return `{${[...fields.values()].join(this.#comma)}}`;
  }

  /** The key at `index`; undefined for one to leave out. */
  #key(index: number): string | number | bigint | undefined {
    const stack = this.#stack;
    const type = stack.typeAt(index);
    if (type === luaType.string) return stack.toText(index);
    if (type === luaType.boolean) return String(stack.toBoolean(index));
    if (type === luaType.number) {
      const value = stack.toNumber(index);
      return stack.isInteger(index) && !Number.isSafeInteger(value) ? stack.toBigInt(index) : value;
    }
    if (this.#encoding.unsupported === "omit") return undefined;
    throw this.#failure(`${noun.get(type) ?? "a table"} as a key can't become JSON`);
  }

  #count(text: string): string {
    this.#length += text.length;
    if (this.#bytesLeft() < 0) this.#failTooLong();
    return text;
  }

  #bytesLeft(): number {
    return (this.#encoding.maximumBytes ?? Number.POSITIVE_INFINITY) - this.#length;
  }

  #failTooLong(): never {
    throw this.#failure(`the JSON is longer than ${this.#encoding.maximumBytes} bytes`);
  }

  #failure(what: string): LuaError {
    const place = this.#path.length === 0 ? "" : ` (at ${this.#path.join(".")})`;
    return new LuaError(what + place, { kind: "conversion" });
  }
}

/** A float keeps its kind in JSON: 3.0 stays `3.0`. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { InspectedValue, LuaInspector } from "#lua/inspection.ts";
import { previewCharacters } from "#protocol/debugging/limits.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { isFunction, isTable } from "../vm/arguments.ts";
import { tagKey } from "../vm/handles.ts";

/** Entries of a table that its preview shows. */
const previewEntries = 5;
/** Keys that are counted; a table with more says so. */
export const countedKeys = 10_000;
const plainKey = /^[A-Za-z_]\w*$/;

/** A value in a few words, and what it is. */
export interface Preview {
  readonly text: string;
  readonly type: string;
}

/** Says in a line what a value is: tables by their first entries, agents, tools and results by what they stand for. */
export class Previews {
  readonly #context: RunContext;
  readonly #inspector: LuaInspector;

  constructor(context: RunContext, inspector: LuaInspector) {
    this.#context = context;
    this.#inspector = inspector;
  }

  of(inspected: InspectedValue, maximum: number = previewCharacters): Preview {
    const { text, type } = this.#whole(inspected, maximum);
    return { text: shortened(text, maximum), type };
  }

  #whole(inspected: InspectedValue, maximum: number): Preview {
    const { kind, text, value } = inspected;
    if (kind === "string") return { text: quoted(shortened(text, maximum)), type: kind };
    if (isTable(value)) return this.#table(value);
    if (isFunction(value)) {
      const at = value.definition();
      const place = at && !at.chunk.startsWith("=") ? ` ${at.chunk}:${at.line}` : "";
      return { text: `function${place}`, type: kind };
    }
    return { text: text === "" ? kind : text, type: kind };
  }

  #table(table: LuaTable): Preview {
    const handle = this.#context.handles.of(table);
    if (handle) return { text: `${handle.kind} ${handle.name}`, type: handle.kind };
    const tag = table.getMetatable()?.get(tagKey);
    if (tag === "result") {
      const output = this.#inspect(table, "output");
      return { text: `result ${this.#nested(output)}`, type: "result" };
    }
    if (tag === "state") return { text: `state ${this.#entries(this.#context.state.values)}`, type: "state" };
    return { text: this.#entries(table), type: "table" };
  }

  /** `{1, 2, x = 3, …}` */
  #entries(table: LuaTable): string {
    const length = table.length();
    const shown: string[] = [];
    for (let index = 1; index <= Math.min(length, previewEntries); index++) {
      shown.push(this.#nested(this.#inspect(table, index)));
    }
    for (const key of this.#inspector.namedKeys(table, previewEntries + 1)) {
      if (shown.length > previewEntries) break;
      shown.push(`${keyText(key)} = ${this.#nested(this.#inspect(table, key))}`);
    }
    const more = length > previewEntries || shown.length > previewEntries;
    return `{${shown.slice(0, previewEntries).join(", ")}${more ? ", …" : ""}}`;
  }

  #inspect(table: LuaTable, key: LuaValue): InspectedValue {
    return this.#inspector.inspect(table, key);
  }

  /** Tables in a table are not opened. */
  #nested(inspected: InspectedValue): string {
    const { value } = inspected;
    const text = isTable(value)
      ? isEmpty(value, this.#inspector)
        ? "{}"
        : (this.#context.handles.of(value)?.name ?? "{…}")
      : this.of(inspected, 60).text;
    releaseValue(value);
    return text;
  }
}

/** A key as it stands in a table constructor. */
export function keyText(key: LuaValue): string {
  if (typeof key === "string") return plainKey.test(key) ? key : `[${quoted(key)}]`;
  if (typeof key === "object") return `[${key.kind}]`;
  return `[${String(key)}]`;
}

/** The expression of a member. */
export function memberExpression(owner: string, key: LuaValue): string | undefined {
  if (typeof key === "object" || key === undefined) return undefined;
  if (typeof key === "string" && plainKey.test(key)) return `${owner}.${key}`;
  return `${owner}${keyText(key)}`;
}

/** What a value holds is let go of. */
export function releaseValue(value: LuaValue): void {
  if (typeof value === "object" && value.kind !== "json") value.release();
}

export function shortened(text: string, maximum: number): string {
  return text.length > maximum ? `${text.slice(0, maximum - 1)}…` : text;
}

function isEmpty(table: LuaTable, inspector: LuaInspector): boolean {
  return table.length() === 0 && inspector.namedKeys(table, 1).length === 0;
}

/** As Lua would read it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

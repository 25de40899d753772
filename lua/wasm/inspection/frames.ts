import type { LuaValue } from "../../engine.ts";
import type { LuaCallFrame, NamedValue } from "../../inspection.ts";
import type { LuaMachine } from "../../machine/lua-machine.ts";
import { type DebugRecord, readRecord, recordBytes } from "../debug-record.ts";
import type { WasmInternals } from "../wasm-internals.ts";
import { takeNamed } from "./values.ts";

/** Lua's names for what has none begin so. */
const nameless = "(";
const fileMark = "@";
const environment = "_ENV";

/** A frame of a thread (`lua_State *`). */
export interface StateFrame {
  readonly state: number;
  readonly level: number;
}

/** Call frames, their locals and upvalues. */
export class Frames {
  readonly #machine: LuaMachine;
  readonly #internals: WasmInternals;
  readonly #record: number;
  readonly #what: { readonly all: number; readonly pushFunction: number };

  constructor(machine: LuaMachine, internals: WasmInternals) {
    this.#machine = machine;
    this.#internals = internals;
    this.#record = internals.c.malloc(recordBytes);
    this.#what = { all: internals.strings.keep("nSl"), pushFunction: internals.strings.keep("f") };
  }

  isDeeperThan(state: number, depth: number): boolean {
    return this.#internals.c.lua_getstack(state, depth, this.#record) !== 0;
  }

  /** Doubles, then halves: Lua walks to each level anew. */
  depth(state: number): number {
    let known = 0;
    let beyond = 1;
    while (this.isDeeperThan(state, beyond - 1)) {
      known = beyond;
      beyond *= 2;
    }
    while (beyond - known > 1) {
      const middle = (known + beyond) >> 1;
      if (this.isDeeperThan(state, middle - 1)) known = middle;
      else beyond = middle;
    }
    return known;
  }

  list(state: number, start: number, count: number): readonly LuaCallFrame[] {
    const frames: LuaCallFrame[] = [];
    for (let level = start; level < start + count; level++) {
      const record = this.#read({ state, level });
      if (!record) break;
      frames.push(callFrame(level, record));
    }
    return frames;
  }

  /** Whether one of the frames runs this C function. */
  isInside(state: number, codes: ReadonlySet<number>): boolean {
    const { c, within } = this.#internals;
    return within(state, () => {
      this.#machine.stack.reserve(2);
      for (let level = 0; c.lua_getstack(state, level, this.#record) !== 0; level++) {
        c.lua_getinfo(state, this.#what.pushFunction, this.#record);
        const code = c.lua_tocfunction(state, -1);
        this.#machine.stack.setTop(-2);
        if (codes.has(code)) return true;
      }
      return false;
    });
  }

  /** Of several with one name the one that counts; extra arguments as `...1`. */
  locals(frame: StateFrame): readonly NamedValue[] {
    return this.#inFrame(frame, () => {
      const found = new Map<string, NamedValue>();
      this.#eachLocal(frame, (name) => {
        const taken = takeNamed(this.#machine, name);
        release(found.get(name));
        found.delete(name);
        found.set(name, taken);
      });
      return [...found.values()];
    });
  }

  upvalues(frame: StateFrame): readonly NamedValue[] {
    return this.#withFunction(frame, () => {
      const found: NamedValue[] = [];
      this.#eachUpvalue(frame.state, (name) => {
        if (name === environment || name === "") this.#machine.stack.setTop(-2);
        else found.push(takeNamed(this.#machine, name));
      });
      return found;
    });
  }

  /** Pushes the local of that name on its own thread; its position, or 0 (and nothing pushed). */
  pushLocal(frame: StateFrame, wanted: string): number {
    const { c } = this.#internals;
    let position = 0;
    this.#eachLocal(frame, (name, at) => {
      if (name === wanted) position = at;
      this.#machine.stack.setTop(-2);
    });
    if (position !== 0) c.lua_getlocal(frame.state, this.#record, position);
    return position;
  }

  /** As `pushLocal`. */
  pushUpvalue(frame: StateFrame, wanted: string): number {
    const { c } = this.#internals;
    return this.#findUpvalue(frame, wanted, (position) => {
      c.lua_getupvalue(frame.state, -1, position);
      c.lua_rotate(frame.state, -2, 1);
      c.lua_settop(frame.state, -2);
    });
  }

  /** Pops the value on top of the frame's thread into the local. */
  storeLocal(frame: StateFrame, position: number): void {
    const { c } = this.#internals;
    c.lua_getstack(frame.state, frame.level, this.#record);
    c.lua_setlocal(frame.state, this.#record, position);
  }

  /** Pops the value on top of the frame's thread into the upvalue. */
  storeUpvalue({ state, level }: StateFrame, position: number): void {
    const { c } = this.#internals;
    c.lua_getstack(state, level, this.#record);
    c.lua_getinfo(state, this.#what.pushFunction, this.#record);
    c.lua_rotate(state, -2, 1); // the function below the value
    c.lua_setupvalue(state, -2, position);
    c.lua_settop(state, -2);
  }

  setLocal(frame: StateFrame, name: string, value: LuaValue): boolean {
    return this.#inFrame(frame, () => {
      const position = this.pushLocal(frame, name);
      if (position === 0) return false;
      this.#machine.push(value);
      this.storeLocal(frame, position);
      return true;
    });
  }

  setUpvalue(frame: StateFrame, name: string, value: LuaValue): boolean {
    return this.#inFrame(frame, () => {
      const position = this.pushUpvalue(frame, name);
      if (position === 0) return false;
      this.#machine.push(value);
      this.storeUpvalue(frame, position);
      return true;
    });
  }

  #findUpvalue(frame: StateFrame, wanted: string, found: (position: number) => void): number {
    const { c, strings } = this.#internals;
    const { state, level } = frame;
    if (c.lua_getstack(state, level, this.#record) === 0) return 0;
    c.lua_getinfo(state, this.#what.pushFunction, this.#record);
    for (let position = 1; ; position++) {
      const name = c.lua_getupvalue(state, -1, position);
      if (name === 0) break;
      c.lua_settop(state, -2);
      if (strings.readToZero(name) !== wanted) continue;
      found(position);
      return position;
    }
    c.lua_settop(state, -2);
    return 0;
  }

  #read({ state, level }: StateFrame): DebugRecord | undefined {
    const { c, strings } = this.#internals;
    if (c.lua_getstack(state, level, this.#record) === 0) return undefined;
    c.lua_getinfo(state, this.#what.all, this.#record);
    return readRecord(strings, this.#record);
  }

  /** Works on the frame's thread, and leaves its stack as it was. */
  #inFrame<Value>(frame: StateFrame, work: () => Value): Value {
    return this.#internals.within(frame.state, () =>
      this.#machine.balanced(() => {
        this.#machine.stack.reserve(8);
        return work();
      }),
    );
  }

  #withFunction<Value>(frame: StateFrame, work: () => Value): Value {
    return this.#inFrame(frame, () => {
      const { c } = this.#internals;
      c.lua_getstack(frame.state, frame.level, this.#record);
      c.lua_getinfo(frame.state, this.#what.pushFunction, this.#record);
      return work();
    });
  }

  /** Calls `use` with each named local on top; it pops it. */
  #eachLocal({ state, level }: StateFrame, use: (name: string, position: number) => void): void {
    const { c, strings } = this.#internals;
    if (c.lua_getstack(state, level, this.#record) === 0) return;
    for (const step of [1, -1]) {
      for (let position = step; ; position += step) {
        const address = c.lua_getlocal(state, this.#record, position);
        if (address === 0) break;
        const name = strings.readToZero(address);
        if (step < 0) use(`...${-position}`, position);
        else if (!name.startsWith(nameless)) use(name, position);
        else c.lua_settop(state, -2);
      }
    }
  }

  #eachUpvalue(state: number, use: (name: string, position: number) => void): void {
    const { c, strings } = this.#internals;
    for (let position = 1; ; position++) {
      const address = c.lua_getupvalue(state, -1, position);
      if (address === 0) return;
      use(strings.readToZero(address), position);
    }
  }
}

function callFrame(level: number, record: DebugRecord): LuaCallFrame {
  const { source, what, currentLine } = record;
  return {
    level,
    chunk: source.startsWith(fileMark) ? source.slice(1) : source,
    line: currentLine > 0 ? currentLine : undefined,
    name: record.name,
    kind: what === "C" ? "native" : what === "main" ? "main" : "lua",
    definedAt: record.definedLine,
  };
}

function release(named: NamedValue | undefined): void {
  const value = named?.value;
  if (typeof value === "object" && value.kind !== "json") value.release();
}

import { LuaError } from "../../engine.ts";
import type { LuaThread, LuaThreadId } from "../../inspection.ts";
import type { LuaMachine } from "../../machine/lua-machine.ts";
import { luaStatus, luaType } from "../../machine/lua-stack.ts";
import { recordBytes } from "../debug-record.ts";
import type { WasmInternals } from "../wasm-internals.ts";

const mainThread: LuaThreadId = 1;
const firstUpvalue = 1;

/**
 * The coroutines of a state. Each is noticed when it is made, since Lua itself has no list of them; a table with weak
 * keys names those that are still there.
 */
export class Threads {
  readonly #machine: LuaMachine;
  readonly #internals: WasmInternals;
  readonly #alive;
  readonly #ids = new Map<number, LuaThreadId>();
  readonly #record: number;
  #last = mainThread;

  constructor(machine: LuaMachine, internals: WasmInternals) {
    this.#machine = machine;
    this.#internals = internals;
    this.#ids.set(internals.main, mainThread);
    this.#record = internals.c.malloc(recordBytes);
    this.#alive = machine.createTable().retain();
    const weak = machine.createTable();
    weak.set("__mode", "k");
    this.#alive.setMetatable(weak);
    weak.release();
    this.#noticeCreation();
  }

  idOf(state: number): LuaThreadId {
    return this.#ids.get(state) ?? mainThread;
  }

  /** Throws LuaError when there is no such thread any more. */
  stateOf(thread: LuaThreadId): number {
    // The one that runs is asked about at each line of a step.
    const running = this.#internals.thread();
    if (this.#ids.get(running) === thread) return running;
    for (const [state, id] of this.#states()) if (id === thread) return state;
    throw new LuaError(`thread ${thread} has ended`);
  }

  list(): readonly LuaThread[] {
    const running = this.#internals.thread();
    return this.#states().flatMap(([state, id]) => {
      const what = state === running ? "running" : this.#stateOfOther(state);
      return what ? [{ id, state: what }] : [];
    });
  }

  /** Undefined for one that has ended, and for one that never began and has nothing to show. */
  #stateOfOther(state: number): LuaThread["state"] | undefined {
    if (state === this.#internals.main) return "calling";
    const status = this.#internals.c.lua_status(state);
    if (status === luaStatus.yielded) return "suspended";
    return status === luaStatus.ok && this.#hasFrames(state) ? "calling" : undefined;
  }

  #hasFrames(state: number): boolean {
    return this.#internals.c.lua_getstack(state, 0, this.#record) !== 0;
  }

  /** All that are there, the main one first. */
  states(): readonly number[] {
    return this.#states().map(([state]) => state);
  }

  #states(): Array<[state: number, id: LuaThreadId]> {
    const { c, main } = this.#internals;
    const { stack } = this.#machine;
    const found: Array<[number, LuaThreadId]> = [[main, mainThread]];
    this.#machine.balanced((base) => {
      stack.reserve(4);
      this.#machine.push(this.#alive);
      stack.pushNil();
      while (stack.next(base + 1)) {
        const state = c.lua_tothread(this.#internals.thread(), -2);
        found.push([state, stack.toNumber(-1)]);
        stack.setTop(-2);
      }
    });
    return found.sort(([, left], [, right]) => left - right);
  }

  /** Stands in front of the C functions that make coroutines: Lua sees the same functions as ever. */
  #noticeCreation(): void {
    this.#intercept("create", (state) => this.#internals.c.lua_pushvalue(state, -1));
    this.#intercept("wrap", (state) => {
      this.#internals.c.lua_getupvalue(state, -1, firstUpvalue);
    });
  }

  #intercept(name: string, pushThread: (state: number) => void): void {
    const { c, instance } = this.#internals;
    const slot = this.#slotOf(name);
    const original: (state: number) => number = c.__indirect_function_table.get(slot);
    const noticing = (state: number): number => {
      const results = original(state);
      this.#internals.within(state, () => {
        pushThread(state);
        this.#remember(state);
      });
      return results;
    };
    c.__indirect_function_table.set(slot, instance.wrapFunction(noticing, ["i32"], "i32"));
  }

  #slotOf(name: string): number {
    const { stack } = this.#machine;
    return this.#machine.balanced(() => {
      stack.reserve(4);
      this.#machine.push(this.#machine.globals);
      stack.pushText("coroutine");
      stack.rawGet(-2);
      stack.pushText(name);
      stack.rawGet(-2);
      return this.#internals.c.lua_tocfunction(this.#internals.thread(), -1);
    });
  }

  /** Pops the new coroutine. */
  #remember(state: number): void {
    const { c } = this.#internals;
    const { stack } = this.#machine;
    const top = stack.top() - 1;
    stack.reserve(4);
    if (stack.typeAt(-1) === luaType.thread) {
      const created = c.lua_tothread(state, -1);
      this.#ids.set(created, ++this.#last);
      this.#machine.push(this.#alive);
      stack.pushCopy(-2);
      stack.pushInteger(this.#last);
      stack.rawSet(-3);
    }
    stack.setTop(top);
  }
}

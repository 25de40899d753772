import type { LuaMachine } from "../../machine/lua-machine.ts";
import { luaStatus, luaType } from "../../machine/lua-stack.ts";
import type { WasmInternals } from "../wasm-internals.ts";
import { originalFunction } from "./original-functions.ts";

type CFunction = (state: number) => number;

/** A handler of errors that tells of each before the procedure's own handler sees it. */
const tellingHandler = `
local tell = ...
return function(handler)
  return function(problem)
    tell(problem)
    return handler(problem)
  end
end`;

interface CatchingFunctions<Value> {
  readonly pcall: Value;
  readonly xpcall: Value;
  readonly resume: Value;
}

/**
 * Stands in front of the C functions behind `pcall`, `xpcall` and `coroutine.resume`, while somebody wants to hear of
 * errors that are caught: Lua calls the same functions as ever, and their handler of errors is called where the error
 * was raised. An error that ends a coroutine has no handler; it is told where the coroutine was resumed.
 */
export class CaughtErrors {
  readonly #machine: LuaMachine;
  readonly #internals: WasmInternals;
  /** Called with the index of the error value. */
  readonly #onError: (index: number) => void;
  readonly #slots: CatchingFunctions<number>;
  readonly #originals: CatchingFunctions<CFunction>;
  readonly #telling: CatchingFunctions<CFunction>;
  readonly #tell;
  readonly #wrapHandler;

  constructor(machine: LuaMachine, internals: WasmInternals, onError: (index: number) => void) {
    this.#machine = machine;
    this.#internals = internals;
    this.#onError = onError;
    const { c, instance } = internals;
    const { __indirect_function_table: table } = c;
    // `xpcall` as the procedure has it is a function of the dialect, which calls Lua's own.
    this.#slots = {
      pcall: originalFunction(machine, internals, "pcall"),
      xpcall: originalFunction(machine, internals, "xpcall"),
      resume: originalFunction(machine, internals, "resume", "coroutine"),
    };
    this.#originals = {
      pcall: table.get(this.#slots.pcall),
      xpcall: table.get(this.#slots.xpcall),
      resume: table.get(this.#slots.resume),
    };
    machine.stack.pushNative(() => {
      onError(1);
      return 1;
    });
    this.#tell = machine.references.takeFunction().retain();
    const [wrap] = machine.load(tellingHandler, "=debugger").call(this.#tell);
    this.#wrapHandler = wrap;
    this.#telling = {
      pcall: instance.wrapFunction((state: number) => this.#pcall(state), ["i32"], "i32"),
      xpcall: instance.wrapFunction((state: number) => this.#xpcall(state), ["i32"], "i32"),
      resume: instance.wrapFunction((state: number) => this.#resume(state), ["i32"], "i32"),
    };
  }

  watch(on: boolean): void {
    const table = this.#internals.c.__indirect_function_table;
    const functions = on ? this.#telling : this.#originals;
    table.set(this.#slots.pcall, functions.pcall);
    table.set(this.#slots.xpcall, functions.xpcall);
    table.set(this.#slots.resume, functions.resume);
  }

  /** The C functions that catch errors. */
  get codes(): ReadonlySet<number> {
    return new Set([this.#slots.pcall, this.#slots.xpcall]);
  }

  /** `pcall(f, …)` is `xpcall(f, tell, …)`. */
  #pcall(state: number): number {
    const { c, within } = this.#internals;
    if (c.lua_gettop(state) === 0) return this.#originals.pcall(state);
    within(state, () => {
      this.#machine.stack.reserve(4);
      this.#machine.push(this.#tell);
      c.lua_rotate(state, 2, 1);
    });
    return this.#originals.xpcall(state);
  }

  #resume(state: number): number {
    const { c, within } = this.#internals;
    const coroutine = c.lua_tothread(state, 1);
    const wasSound = coroutine !== 0 && c.lua_status(coroutine) <= luaStatus.yielded;
    const results = this.#originals.resume(state);
    // It leaves `false` and the error.
    if (wasSound && c.lua_status(coroutine) > luaStatus.yielded)
      within(state, () => this.#onError(this.#machine.stack.top()));
    return results;
  }

  #xpcall(state: number): number {
    const { c, within } = this.#internals;
    within(state, () => {
      const { stack } = this.#machine;
      if (stack.top() < 2 || stack.typeAt(2) !== luaType.function) return;
      stack.reserve(8);
      this.#machine.push(this.#wrapHandler);
      stack.pushCopy(2);
      stack.protectedCall(1, 0);
      c.lua_rotate(state, 2, 1);
      c.lua_rotate(state, 3, -1);
      stack.setTop(-2);
    });
    return this.#originals.xpcall(state);
  }
}

import type { LuaMachine } from "../../machine/lua-machine.ts";
import { luaType } from "../../machine/lua-stack.ts";
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

/**
 * Stands in front of the C functions behind `pcall` and `xpcall`, while somebody wants to hear of errors that are
 * caught: Lua calls the same functions as ever, and their handler of errors is called where the error was raised.
 */
export class CaughtErrors {
  readonly #machine: LuaMachine;
  readonly #internals: WasmInternals;
  readonly #slots: { readonly pcall: number; readonly xpcall: number };
  readonly #originals: { readonly pcall: CFunction; readonly xpcall: CFunction };
  readonly #telling: { readonly pcall: CFunction; readonly xpcall: CFunction };
  readonly #tell;
  readonly #wrapHandler;

  constructor(machine: LuaMachine, internals: WasmInternals, onError: () => void) {
    this.#machine = machine;
    this.#internals = internals;
    const { c, instance } = internals;
    const { __indirect_function_table: table } = c;
    // `xpcall` as the procedure has it is a function of the dialect, which calls Lua's own.
    this.#slots = {
      pcall: originalFunction(machine, internals, "pcall"),
      xpcall: originalFunction(machine, internals, "xpcall"),
    };
    this.#originals = { pcall: table.get(this.#slots.pcall), xpcall: table.get(this.#slots.xpcall) };
    machine.stack.pushNative(() => {
      onError();
      return 1;
    });
    this.#tell = machine.references.takeFunction().retain();
    const [wrap] = machine.load(tellingHandler, "=debugger").call(this.#tell);
    this.#wrapHandler = wrap;
    this.#telling = {
      pcall: instance.wrapFunction((state: number) => this.#pcall(state), ["i32"], "i32"),
      xpcall: instance.wrapFunction((state: number) => this.#xpcall(state), ["i32"], "i32"),
    };
  }

  watch(on: boolean): void {
    const table = this.#internals.c.__indirect_function_table;
    const functions = on ? this.#telling : this.#originals;
    table.set(this.#slots.pcall, functions.pcall);
    table.set(this.#slots.xpcall, functions.xpcall);
  }

  /** The C functions that catch errors. */
  get codes(): ReadonlySet<number> {
    return new Set(Object.values(this.#slots));
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

import type { LuaMachine } from "../../machine/lua-machine.ts";
import type { WasmInternals } from "../wasm-internals.ts";

/** The registry, which the C API reaches as if it lay on the stack. */
export const registry = -1_001_000;

/** The C pointer of a function of Lua as it was before the dialect, which keeps them for its messages. */
export function originalFunction(
  machine: LuaMachine,
  { c, thread }: WasmInternals,
  name: string,
  library = "_G",
): number {
  return machine.balanced(() => {
    machine.stack.reserve(8);
    c.lua_pushvalue(thread(), registry);
    for (const key of ["_LOADED", library, name]) {
      machine.stack.pushText(key);
      machine.stack.rawGet(-2);
    }
    return c.lua_tocfunction(thread(), -1);
  });
}

import type { LuaStatus } from "../machine/lua-stack.ts";
import type { CStrings } from "./c-strings.ts";
import type { LuaExports, LuaInstance } from "./lua-module.ts";

/** The C side of a stack. */
export interface WasmInternals {
  readonly instance: LuaInstance;
  readonly c: LuaExports;
  readonly strings: CStrings;
  /** The main thread (`lua_State *`). */
  readonly main: number;
  /** The thread that runs. */
  readonly thread: () => number;
  /** Works on another thread, with the memory bound lifted. */
  readonly within: <Value>(thread: number, work: () => Value) => Value;
  /** Runs C code that catches Lua's errors itself, with the memory bound in force. */
  readonly strictly: (run: () => LuaStatus) => LuaStatus;
  /** C pointer of every function of the host. */
  readonly dispatcher: number;
  /** What each count of instructions calls. */
  readonly countHook: (state: number) => void;
}

import { openDialect } from "../dialect/open-dialect.ts";
import type { EngineOptions, LuaEngine } from "../engine.ts";
import { LuaMachine } from "../machine/lua-machine.ts";
import { compileLua } from "./lua-module.ts";
import { WasmStack } from "./wasm-stack.ts";

/** Path of the module or its bytes. */
export type WasmSource = string | Uint8Array<ArrayBuffer>;

/** Creates engines; each has an instance of its own, so nothing is shared between runs. */
export type LuaEngineFactory = (options: EngineOptions) => LuaEngine;

/**
 * Compiles Lua 5.4 once (2 ms). Without `wasm` the file of the `wasmoon` package is taken, which only works where
 * `node_modules` is near.
 */
export async function createWasmEngineFactory(
  options: { wasm?: WasmSource } = {},
): Promise<LuaEngineFactory> {
  const module = await compileLua(options.wasm);
  return (engineOptions) => {
    const machine = new LuaMachine(
      "lua54-wasm",
      new WasmStack(module, engineOptions.memoryBytes),
      engineOptions,
    );
    openDialect(machine, engineOptions);
    machine.enforceLimits();
    return machine;
  };
}

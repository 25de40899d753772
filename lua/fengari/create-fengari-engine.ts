import { openDialect } from "../dialect/open-dialect.ts";
import type { EngineOptions, LuaEngine } from "../engine.ts";
import { LuaMachine } from "../machine/lua-machine.ts";
import { FengariStack } from "./fengari-stack.ts";

/**
 * An engine in plain JavaScript, for the editor and other hosts without WebAssembly. It does not bound memory and its
 * integers have 32 bits (docs/compatibility.md), so it never runs a procedure against the world.
 */
export function createFengariEngine(options: EngineOptions): LuaEngine {
  const machine = new LuaMachine("fengari", new FengariStack(), options);
  openDialect(machine, options);
  machine.enforceLimits();
  return machine;
}

import type { LuaEngine } from "../../engine.ts";
import type { InspectionListener, LuaInspector } from "../../inspection.ts";
import { LuaMachine } from "../../machine/lua-machine.ts";
import { WasmStack } from "../wasm-stack.ts";
import { WasmInspector } from "./wasm-inspector.ts";

/** Makes an engine one that can be looked into; before it runs anything. Throws for an engine of another kind. */
export function openInspector(engine: LuaEngine, listener: InspectionListener): LuaInspector {
  if (!(engine instanceof LuaMachine && engine.stack instanceof WasmStack)) {
    throw new Error(`${engine.name} can't be looked into`);
  }
  return new WasmInspector(engine, engine.stack.internals, listener);
}

import { LuaError } from "../engine.ts";
import { createWasmEngineFactory, type WasmSource } from "./create-wasm-engine.ts";

/** Why Lua can't compile a text. */
interface SyntaxProblem {
  /** Lua's message without the place. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

/** Compiles text without running it; undefined when Lua accepts it. */
export type SyntaxCheck = (source: string) => SyntaxProblem | undefined;

const memoryBytes = 64 << 20;
const chunk = "check";

/** Loads Lua once for any number of checks. */
export async function createSyntaxCheck(options: { wasm?: WasmSource } = {}): Promise<SyntaxCheck> {
  const create = await createWasmEngineFactory(options);
  const engine = create({
    memoryBytes,
    instructions: Number.MAX_SAFE_INTEGER,
    seed: 0,
    now: () => 0,
    print: () => undefined,
  });
  return (source) => {
    try {
      engine.load(source, chunk).release();
      return undefined;
    } catch (error) {
      if (!(error instanceof LuaError)) throw error;
      return { message: error.message.replace(/^check:\d+: /, ""), line: error.position?.line ?? 1 };
    }
  };
}

import type { EngineOptions, HostFunction, LuaEngine } from "../engine.ts";
import { LuaError } from "../engine.ts";
import { createFengariEngine } from "../fengari/create-fengari-engine.ts";
import { createWasmEngineFactory } from "../wasm/create-wasm-engine.ts";

/** Both engines, for `describe.each`. */
export const engines: ReadonlyArray<{
  name: LuaEngine["name"];
  create: (options: EngineOptions) => LuaEngine;
}> = [
  { name: "lua54-wasm", create: await createWasmEngineFactory() },
  { name: "fengari", create: createFengariEngine },
];

/** Options for a small program: everything bounded, nothing random, output thrown away. */
export function options(changes: Partial<EngineOptions> = {}): EngineOptions {
  return {
    memoryBytes: 32 << 20,
    instructions: 20_000_000,
    seed: 7,
    now: () => Date.UTC(2026, 10, 23, 14, 5, 9),
    print: () => undefined,
    ...changes,
  };
}

/** Makes host functions global. */
export function offer(engine: LuaEngine, functions: Record<string, HostFunction>): void {
  for (const [name, implementation] of Object.entries(functions)) {
    engine.globals.set(name, engine.createFunction(name, implementation));
  }
}

/** Puts each result of a program into a list of its own, where floats keep their kind. */
const collector = `
local function wrap(...)
  local wrapped = {}
  for index = 1, select("#", ...) do wrapped[index] = { (select(index, ...)) } end
  return wrapped
end
return wrap((...)())
`;

/** Runs a program and returns its results as JSON. */
export function run(engine: LuaEngine, program: string): string {
  const collect = engine.load(collector, "=collector");
  const [wrapped] = collect.call(engine.load(program, "test.tac"));
  if (typeof wrapped !== "object" || wrapped.kind !== "table") throw new Error("no results");
  const results = wrapped.entries().map(([, result]) => {
    const json = engine.encodeJson(result, { emptyTable: "object", nonFinite: "words" });
    return json === "{}" ? "null" : json.slice(1, -1);
  });
  return `[${results.join(",")}]`;
}

/** The results a program returns, or the text of its error. */
export function outcome(engine: LuaEngine, program: string): string {
  try {
    return run(engine, program);
  } catch (error) {
    return failureOf(error).message;
  }
}

/** The error a program ends with; fails when it ends well. */
export function failure(engine: LuaEngine, program: string): LuaError {
  try {
    run(engine, program);
  } catch (error) {
    return failureOf(error);
  }
  throw new Error(`no error from: ${program}`);
}

function failureOf(error: unknown): LuaError {
  if (error instanceof LuaError) return error;
  throw error;
}

import { expect, test } from "vitest";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { warmUp } from "./warm-up.ts";

test("the procedure of the warm-up runs to its end, again and again", async () => {
  const createEngine = await createWasmEngineFactory();
  const results = [warmUp(createEngine), warmUp(createEngine)];
  for (const result of results) expect(result).toMatchObject({ status: "completed", result: { value: 2 } });
});

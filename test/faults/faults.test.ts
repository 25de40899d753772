import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EffectServer, startEffectServer } from "#test/support/effect-server.ts";
import { faultsPage } from "./faults-page.ts";
import { loadFaults } from "./load-faults.ts";
import { removeLeftEngines } from "./world/engine-remains.ts";
import { inventory, leaksSince } from "./world/leaks.ts";
import { OwnEngine } from "./world/own-engine.ts";
import { Scene } from "./world/scene.ts";

/**
 * What goes wrong around a run, one after the other, with real parts: each must end in a clear state, with nothing lost
 * and nothing left behind. `npm run faults` prints the table.
 */

const all = await loadFaults();
const faults = process.env["TACTUS_FAULTS"] === "all" ? all : all.filter(({ slow }) => !slow);
let effects: EffectServer;
let engine: OwnEngine;

beforeAll(async () => {
  await removeLeftEngines();
  effects = await startEffectServer();
  engine = await OwnEngine.open();
});
afterAll(async () => {
  effects?.dispose();
  await engine?.[Symbol.asyncDispose]();
});

test("every fault has an id of its own", () => {
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("docs/faults.md is up to date (`node test/faults/write-page.ts` writes it)", () => {
  const page = path.resolve(import.meta.dirname, "../../docs/faults.md");
  expect(readFileSync(page, "utf8")).toBe(faultsPage(all));
});

test.for(faults)("$id: $title", async (fault, { task, skip }) => {
  skip(fault.missing !== undefined, fault.missing);
  effects.forget();
  using scene = new Scene({ effects, engine: fault.engine ? engine : undefined });
  const counted = (): ReturnType<typeof inventory> => inventory(scene.ownEngine, scene.folders);
  const before = await counted();
  const reached = await fault.meet(scene);
  const leaked = async (): Promise<readonly string[]> => leaksSince(before, await counted());
  // What the engine removes by itself takes it a moment.
  await expect
    .poll(leaked, { timeout: 10_000 })
    .toEqual([])
    .catch(() => undefined);
  const report = {
    fault: fault.title,
    reached: reached.join(" · "),
    lost: scene.lost,
    leaked: await leaked(),
  };
  task.meta.fault = report;
  expect(report).toEqual({ fault: fault.title, reached: fault.reached.join(" · "), lost: [], leaked: [] });
});

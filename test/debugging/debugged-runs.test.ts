import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import type { Isolation } from "#sandbox/isolation.ts";
import { openIsolation } from "#sandbox/open-isolation.ts";
import { buildSandboxImage } from "#sandbox/sandbox-report.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { DebuggedRun } from "./debugged-run.ts";

/** Debugged runs in the product's sandboxes, from `startRun` to the end of the process or container. */

const runtimeFolder = path.resolve(import.meta.dirname, "../../dist/runtime");
const main = "main.tac";
const sum = `Procedure { function(input)
  local sum = 0
  for i = 1, 3 do
    sum = sum + i
  end
  return sum
end }`;

let engine: DockerEngine;
let data: string;
const isolations = new Map<string, Isolation>();

beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), "tactus-debug-data-"));
  vi.stubEnv("XDG_DATA_HOME", data);
  engine = await engineOfSuite();
  const setup = { runtimeFolder, dockerHost: engine.address };
  expect(await buildSandboxImage(setup)).toMatchObject({ ok: true });
  for (const name of ["embedded", "docker"] as const) isolations.set(name, await openIsolation(name, setup));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
  await engine.dispose();
});

function isolationOf(name: string): Isolation {
  const isolation = isolations.get(name);
  if (!isolation) throw new Error(`no isolation ${name}`);
  return isolation;
}

function eventsOf({ handle }: DebuggedRun): RunEvent[] {
  const events: RunEvent[] = [];
  handle.onEvent((event) => events.push(event));
  return events;
}

describe.each(["embedded", "docker"])("in the isolation %s", (name) => {
  test("a run stops, is looked into and goes on, as locked down as any other", async () => {
    await using run = await DebuggedRun.start({ [main]: sum }, { isolation: isolationOf(name) });
    const breakpoints = [{ id: 1, line: 4, condition: "i == 2" }];
    expect(await run.do("set-breakpoints", { file: main, breakpoints })).toEqual({
      breakpoints: [{ id: 1, verified: true, line: 4 }],
    });
    await run.do("begin", { stopOnEntry: false });
    const { thread, at } = await run.stop();
    expect(at).toEqual({ file: main, line: 4 });
    const { frames } = await run.do("stack", { thread });
    const frame = frames[0]?.id ?? 0;
    expect(await run.do("evaluate", { expression: "sum", frame, purpose: "watch" })).toMatchObject({
      value: "1",
    });
    const outside = "os.execute or io or package or os.getenv('HOME')";
    expect(await run.do("evaluate", { expression: outside, frame, purpose: "repl" })).toMatchObject({
      value: "nil",
    });
    await run.do("evaluate", { expression: "sum = 100", frame, purpose: "repl" });
    await run.do("continue", {});
    expect(await run.handle.finished).toMatchObject({ status: "completed", result: 105 });
    expect(await run.link.request("threads", {})).toMatchObject({ ok: false, error: { code: "run-ended" } });
  });

  test("a run that ends while it stands leaves nothing: cancelled, it is over at once", async () => {
    await using run = await DebuggedRun.start({ [main]: sum }, { isolation: isolationOf(name) });
    await run.do("begin", { stopOnEntry: true });
    await run.stop();
    run.handle.cancel();
    expect(await run.handle.finished).toMatchObject({ status: "cancelled" });
  });
});

describe("time", () => {
  test("that a run stands does not count, in the sandbox and outside of it; that it runs does", async () => {
    const source =
      "Procedure { function() local before = os.time()\n local x = 1\n return os.time() - before end }";
    const isolation = isolationOf("embedded");
    await using run = await DebuggedRun.start({ [main]: source }, { isolation, timeoutSeconds: 1 });
    await pause(500);
    await run.do("begin", { stopOnEntry: true });
    await run.stop();
    await pause(2800);
    await run.do("continue", {});
    expect(await run.handle.finished).toMatchObject({ status: "completed", result: 0 });

    await using endless = await DebuggedRun.start(
      { [main]: "Procedure { function() local x = 1\n while true do x = x + 1 end end }" },
      { isolation, timeoutSeconds: 1 },
    );
    await endless.do("begin", { stopOnEntry: true });
    await endless.stop();
    await endless.do("continue", {});
    expect(await endless.handle.finished).toMatchObject({ status: "timed_out" });
  });
});

test("a run that waits is stopped where it waits, and goes on waiting", async () => {
  const source = `Procedure { function()
  local mine = 7
  Sleep(0.5)
  return mine
end }`;
  await using run = await DebuggedRun.start({ [main]: source }, { isolation: isolationOf("embedded") });
  await run.do("set-breakpoints", { file: main, breakpoints: [{ id: 1, line: 3 }] });
  await run.do("begin", { stopOnEntry: false });
  await run.stop();
  await run.do("continue", {});
  await run.do("pause", {});
  const paused = await run.stop(2);
  expect(paused).toMatchObject({ reason: "pause", at: { file: main, line: 3 } });
  await run.do("continue", {});
  expect(await run.handle.finished).toMatchObject({ status: "completed", result: 7 });
});

test("a file that is opened in the middle of a run is stopped in, and an endless loop is paused", async () => {
  const files = {
    [main]: "local part = require('part')\nProcedure { function() while true do part.f() end end }",
    "part.tac": "local M = {}\nfunction M.f()\n  return 1\nend\nreturn M",
  };
  await using run = await DebuggedRun.start(files, { isolation: isolationOf("embedded") });
  await run.do("begin", { stopOnEntry: false });
  await run.do("pause", {});
  expect(await run.stop()).toMatchObject({ reason: "pause" });
  await run.do("continue", {});
  const breakpoints = [{ id: 5, line: 3 }];
  expect(await run.do("set-breakpoints", { file: "part.tac", breakpoints })).toMatchObject({
    breakpoints: [{ verified: true }],
  });
  expect(await run.stop(2)).toMatchObject({
    reason: "breakpoint",
    breakpoints: [5],
    at: { file: "part.tac", line: 3 },
  });
});

test("a debugged run journals what any other does", async () => {
  await using run = await DebuggedRun.start({ [main]: sum }, { isolation: isolationOf("embedded") });
  await run.do("begin", { stopOnEntry: true });
  await run.stop();
  await run.do("detach", {});
  await run.handle.finished;
  expect(eventsOf(run).map(({ type }) => type)).toEqual(["run.started", "workspace.changed", "run.finished"]);
});

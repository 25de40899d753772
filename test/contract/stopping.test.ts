import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { runReport } from "#protocol/reports/run-report.ts";
import { type Desk, openDesk } from "./studio.ts";

const embedded = ["--isolation", "embedded"];
const endless = 'Procedure { function() Log.info("begun") while true do end end }';
const sleeping = 'Procedure { function() Log.info("begun") Sleep(60) end }';

function journalOf(desk: Desk): { run: string; file: string } {
  const runs = path.join(desk.folder, ".tactus", "runs");
  const [run = ""] = readdirSync(runs).filter((name) => name !== ".gitignore");
  return { run, file: path.join(runs, run, "events.jsonl") };
}

function eventsIn(text: string): RunEvent[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

/** Processes that a process started, theirs included. */
function descendantsOf(processId: number): number[] {
  const children = readFileSync(`/proc/${processId}/task/${processId}/children`, "utf8").trim().split(" ");
  return children
    .filter(Boolean)
    .map(Number)
    .flatMap((child) => [child, ...descendantsOf(child)]);
}

test.for([endless, sleeping])("SIGINT cancels: exit code 130, one end, in time", async (source) => {
  using desk = openDesk({ "a.tac": source });
  const running = desk.start(["run", "a.tac", "--json", ...embedded]);
  await running.shows('"begun"');
  running.process.kill("SIGINT");
  const { code, stdout } = await running.outcome;
  expect(code).toBe(130);
  const ends = eventsIn(stdout).filter(({ type }) => type === "run.finished");
  expect(ends).toMatchObject([{ status: "cancelled", error: { code: "cancelled" } }]);
});

test.for([endless, sleeping])("a timeout ends it: exit code 4, limit.hit, timed_out", async (source) => {
  using desk = openDesk({ "a.tac": source });
  const { code, stdout } = await desk.studio(["run", "a.tac", "--json", "--timeout", "1", ...embedded]);
  expect(code).toBe(4);
  expect(eventsIn(stdout).slice(-3)).toMatchObject([
    { type: "limit.hit", limit: "time", value: 1 },
    { type: "workspace.changed" },
    { type: "run.finished", status: "timed_out", error: { code: "limit-time" } },
  ]);
});

test("memory beyond the limit ends it: exit code 4", async () => {
  const hoarder =
    'Procedure { function() local t = {} while true do t[#t + 1] = string.rep("x", 1000000) .. #t end end }';
  using desk = openDesk({ "a.tac": hoarder, "a.tac.yml": "sandbox: { limits: { memory: 256m } }" });
  const { code, stdout } = await desk.studio(["run", "a.tac", "--json", ...embedded]);
  expect(eventsIn(stdout).at(-1)).toMatchObject({ status: "failed", error: { code: "limit-memory" } });
  expect(eventsIn(stdout).filter(({ type }) => type === "limit.hit")).toMatchObject([{ limit: "memory" }]);
  expect(code).toBe(4);
});

test("kill -9 leaves a readable journal, a run that shows as interrupted, and no process", async () => {
  using desk = openDesk({ "a.tac": endless });
  const running = desk.start(["run", "a.tac", "--json", ...embedded]);
  await running.shows('"begun"');
  const sandbox = descendantsOf(running.process.pid ?? 0);
  expect(sandbox).not.toEqual([]);
  running.process.kill("SIGKILL");
  const { stdout } = await running.outcome;
  const { run, file } = journalOf(desk);
  expect(readFileSync(file, "utf8").startsWith(stdout)).toBe(true);
  const shown = await desk.studio(["runs", "show", run, "--json"]);
  expect(runReport.parse(JSON.parse(shown.stdout))).toMatchObject({
    status: "interrupted",
    unreadableLines: 0,
  });
  const alive = (): number[] => sandbox.filter((id) => existsSync(`/proc/${id}`));
  await expect.poll(alive, { timeout: 10_000 }).toEqual([]);
});

test("a journal that was cut in the middle of a line is read up to there", async () => {
  using desk = openDesk({ "a.tac": "Procedure { function() return 1 end }" });
  const { stdout } = await desk.studio(["run", "a.tac", "--json", ...embedded]);
  const { run, file } = journalOf(desk);
  appendFileSync(file, '{"seq":99,"time":"20');
  expect((await desk.studio(["runs", "events", run])).stdout).toBe(stdout);
  const shown = await desk.studio(["runs", "show", run, "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ status: "completed", unreadableLines: 1 });
});

test("a journal that somebody else wrote is data", async () => {
  const forged = [
    '{"seq":1,"time":"2026-01-01T00:00:00.000Z","type":"run.started","run":5,"tools":{}}',
    '{"seq":2,"time":"2026-01-01T00:00:00.000Z","type":"turn.started","tools":"none"}',
    '{"seq":3,"time":"x","type":"__proto__"}',
    "[]",
    "null",
  ].join("\n");
  const run = "20260101-000000-abcdef";
  using desk = openDesk({ [`.tactus/runs/${run}/events.jsonl`]: forged });
  expect(await desk.studio(["runs", "show", run])).toMatchObject({ code: 0 });
  expect((await desk.studio(["runs", "list"])).stdout).toContain("interrupted");
});

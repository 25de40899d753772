import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { runList } from "#protocol/reports/run-report.ts";
import { type EffectServer, startEffectServer } from "../support/effect-server.ts";
import { eventsIn, journalOf, killAtEvent } from "../support/interrupted-run.ts";
import { type Desk, openDesk } from "./studio.ts";

let server: EffectServer;
let desk: Desk;
/** A run that completed, of which the forks are made. */
let run: string;
let journal: () => string;

beforeAll(async () => {
  server = await startEffectServer();
  desk = openDesk({ "a.tac": source, "home/.tactus/config.yml": server.config });
  const { code } = await desk.studio([
    "run",
    "a.tac",
    "--json",
    "--isolation",
    "embedded",
    "--workspace",
    "copy",
  ]);
  expect(code).toBe(0);
  const parent = journalOf(desk);
  run = parent.run;
  journal = () => readFileSync(parent.file, "utf8");
});
afterAll(() => {
  desk?.[Symbol.dispose]();
  server?.dispose();
});
beforeEach(() => server.forget());

const source = `Procedure {
  state = { colour = field.string{default = "red"} },
  function()
    Step.checkpoint(function() return "begun" end, "begin")
    File.write("early.txt", "early")
    Host.call("effect", { name = "first" })
    Step.checkpoint(function() return state.colour end, "middle")
    File.write("late.txt", "late " .. state.colour)
    Host.call("effect", { name = "second-" .. state.colour })
    Step.checkpoint(function() return state.colour end, "end")
    return { colour = state.colour, late = File.read("late.txt") }
  end
}`;

/** The steps and the host calls are counted: 1 begin, 2 first, 3 middle, 4 second, 5 end. */
const middle = ["--checkpoint", "3"];
const blue = ["--state", '{"colour":"blue"}'];

function forkArguments(from: string, ...options: readonly string[]): string[] {
  return ["runs", "fork", from, "--json", ...options];
}

/** Forks a run and gives the part of the new one that ran. */
async function fork(from: string, ...options: readonly string[]): Promise<readonly RunEvent[]> {
  const { stdout } = await desk.studio(forkArguments(from, ...options));
  return eventsIn(stdout);
}

function runOf(events: readonly RunEvent[]): string {
  return events.flatMap((event) => (event.type === "run.started" ? [event.run] : []))[0] ?? "";
}

function expectEnd(events: readonly RunEvent[], colour: string): void {
  expect(events.at(-1)).toMatchObject({ status: "completed", result: { colour, late: `late ${colour}` } });
}

test("a fork goes on from its checkpoint with the edited state; the earlier run stays byte for byte", async () => {
  const before = journal();
  const events = await fork(run, ...middle, ...blue);
  expectEnd(events, "blue");
  expect(events.filter(({ type }) => type === "log")).toEqual([]);
  expect([...server.effects.keys()]).toEqual(["/second-blue"]);
  expect(journal()).toBe(before);
  const { stdout } = await desk.studio(["runs", "list", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    runs: expect.arrayContaining([expect.objectContaining({ run: runOf(events), forkedFrom: run })]),
  });
});

test("its journal is whole: it can be shown and replayed, and a fork be made of it", async () => {
  const forked = runOf(await fork(run, ...middle, ...blue));
  const whole = eventsIn(
    readFileSync(path.join(desk.folder, ".tactus/runs", forked, "events.jsonl"), "utf8"),
  );
  expect(whole.map(({ seq }) => seq)).toEqual(whole.map((_event, index) => index + 1));
  const replayed = await desk.studio(["runs", "replay", forked, "--json"]);
  expectEnd(eventsIn(replayed.stdout), "blue");
  const again = await fork(forked, "--checkpoint", "4");
  expectEnd(again, "blue");
  expect([...server.effects.keys()]).toEqual(["/second-blue"]);
});

test("without an edit everything behind the checkpoint is done once more, with keys of its own", async () => {
  const events = await fork(run, ...middle);
  expectEnd(events, "red");
  expect([...server.effects]).toEqual([["/second-red", [`${runOf(events)}-4`]]]);
});

test("a copied workspace has the files that were written up to the checkpoint, and no later ones", async () => {
  const [beginning] = source.split('    File.write("late.txt"');
  const changed = `${beginning}return { late = File.exists("late.txt"), early = File.read("early.txt") } end }`;
  writeFileSync(path.join(desk.folder, "a.tac"), changed);
  const events = await fork(run, ...middle);
  writeFileSync(path.join(desk.folder, "a.tac"), source);
  expect(events.at(-1)).toMatchObject({ status: "completed", result: { late: false, early: "early" } });
});

test("the edit holds in each later part of the fork", async () => {
  await killAtEvent(desk, forkArguments(run, ...middle, ...blue), 9);
  const { stdout } = await desk.studio(["runs", "list", "--json"]);
  const forked = runList.parse(JSON.parse(stdout)).runs.find(({ status }) => status === "interrupted");
  expect(forked?.forkedFrom).toBe(run);
  const resumed = await desk.studio(["runs", "resume", forked?.run ?? "", "--json"]);
  expectEnd(eventsIn(resumed.stdout), "blue");
  expect([...server.effects.keys()]).toEqual(["/second-blue"]);
});

test.for([
  {
    name: "a checkpoint that is not there",
    options: ["--checkpoint", "9"],
    code: 2,
    says: /no checkpoint 9: it has 1 to 5/,
  },
  { name: "state that is no object", options: [...middle, "--state", "[1]"], code: 2, says: /JSON object/ },
  { name: "no checkpoint", options: [], code: 2, says: /--checkpoint/ },
  {
    name: "state of another type",
    options: [...middle, "--state", '{"colour":5}'],
    code: 1,
    says: /a\.tac:7: state .colour. must be a string/,
  },
])("it is refused with $name", async ({ options, code, says }) => {
  const outcome = await desk.studio(["runs", "fork", run, ...options]);
  expect(outcome.code).toBe(code);
  expect(outcome.stdout + outcome.stderr).toMatch(says);
});

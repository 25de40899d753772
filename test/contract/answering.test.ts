import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { type Desk, openDesk } from "./studio.ts";

/** One question of each kind, each behind a step that must happen once. */
const everyKind = `
Procedure { function()
  local steps = 0
  local function step(answer) steps = Step.checkpoint(function() return steps + 1 end); return answer end
  local schema = { type = "object", required = {"n"}, properties = { n = { type = "integer" } } }
  return {
    approve = step(Human.approve("Ship?")),
    input = step(Human.input("Name?")),
    select = step(Human.select({ message = "Which?", options = {"a", {label = "B", value = 2}} })),
    several = step(Human.select({ message = "Which?", options = {"a", "b"}, mode = "multiple" })),
    review = step(Human.review({ message = "Good?", artifact = "draft" })),
    upload = step(Human.upload({ message = "File?", accept = ".txt" })),
    escalate = step(Human.escalate("Help") == nil),
    batch = step(Human.multiple({{ id = "city", label = "City", type = "input", message = "Which?" }})),
    custom = step(Human.custom({ component_type = "form", message = "n?", response_schema = schema })),
    steps = steps,
  }
end }
`;

const answers: ReadonlyArray<{ kind: string; wrong?: string; value: string }> = [
  { kind: "approval", wrong: "perhaps", value: "true" },
  { kind: "input", value: "Ann" },
  { kind: "select", wrong: "c", value: "B" },
  { kind: "select", wrong: '["c"]', value: '["a","b"]' },
  { kind: "review", wrong: "maybe", value: '{"decision":"approved","edited_artifact":"final"}' },
  { kind: "upload", wrong: "../outside.txt", value: "note.txt" },
  { kind: "escalation", value: "null" },
  { kind: "inputs", wrong: "{}", value: '{"city":"Rome"}' },
  { kind: "custom", wrong: '{"n":"x"}', value: '{"n":7}' },
];

test("a run waits for each kind of question, and goes on with each answer", {
  timeout: 300_000,
}, async () => {
  using desk = openDesk({ "a.tac": everyKind, "note.txt": "hello" });
  let end = await ended(desk, ["run", "a.tac"], 5);
  const run = end.run;
  for (const { kind, wrong, value } of answers) {
    expect(end.finished.status).toBe("waiting");
    const request = end.finished.waiting?.request ?? "";
    expect(end.asked?.kind).toBe(kind);
    if (wrong !== undefined) {
      const refused = await desk.studio(["runs", "respond", run, request, wrong]);
      expect(refused.code, refused.stdout).toBe(2);
    }
    const kept = await desk.studio(["runs", "respond", run, request, value]);
    expect(kept.code, kept.stderr).toBe(0);
    end = await ended(desk, ["runs", "resume", run], value === '{"n":7}' ? 0 : 5);
  }
  expect(end.finished.result).toEqual({
    approve: true,
    input: "Ann",
    select: 2,
    several: ["a", "b"],
    review: { decision: "approved", feedback: "", edited_artifact: "final" },
    upload: { path: "note.txt", name: "note.txt", size: 5, mime_type: "text/plain" },
    escalate: true,
    batch: { city: "Rome" },
    custom: { n: 7 },
    steps: 9,
  });
  const events = eventsOf((await desk.studio(["runs", "events", run])).stdout);
  expect(events.filter(({ type }) => type === "human.requested")).toHaveLength(answers.length);
  const again = await desk.studio(["runs", "respond", run, "q1", "true"]);
  expect(again.code).toBe(2);
});

test("waiting can't be caught, and the terminal says how to go on", async () => {
  using desk = openDesk({ "a.tac": 'pcall(Human.approve, "Ship?")\nreturn {caught = true}\n' });
  const { code, stdout } = await desk.studio(["run", "a.tac", "--isolation", "embedded"]);
  expect(code).toBe(5);
  expect(stdout).toMatch(/Next: tactus-studio runs respond \S+ \S+ VALUE, then tactus-studio runs resume/);
});

test("a default answers where nobody can be asked", async () => {
  using desk = openDesk({ "a.tac": 'return {n = Human.input({message = "?", default = "d"})}\n' });
  const { finished } = await ended(desk, ["run", "a.tac"], 0);
  expect(finished.result).toEqual({ n: "d" });
});

test("when its time is over a question is answered no more, and the run goes on without", async () => {
  using desk = openDesk({ "a.tac": 'return {ok = Human.approve({message = "?", timeout = 0.2})}\n' });
  const { run, finished } = await ended(desk, ["run", "a.tac"], 5);
  await delay(200);
  const late = await desk.studio(["runs", "respond", run, finished.waiting?.request ?? "", "true"]);
  expect(late.code).toBe(2);
  expect(late.stderr).toContain("The time for an answer is over");
  const resumed = await ended(desk, ["runs", "resume", run], 0);
  expect(resumed.finished.result).toEqual({ ok: false });
});

interface Ended {
  readonly run: string;
  readonly asked: RunEventOf<"human.requested"> | undefined;
  readonly finished: RunEventOf<"run.finished">;
}

/** Runs or resumes something without a terminal. */
async function ended(desk: Desk, args: readonly string[], code: number): Promise<Ended> {
  const isolation = args[0] === "run" ? ["--isolation", "embedded"] : [];
  const outcome = await desk.studio([...args, ...isolation, "--json"]);
  expect(outcome.code, outcome.stderr + outcome.stdout).toBe(code);
  const events = eventsOf(outcome.stdout);
  const started = events.find((event) => event.type === "run.started");
  const finished = events.findLast((event) => event.type === "run.finished");
  if (!started || !finished) throw new Error(outcome.stdout);
  return { run: started.run, asked: events.findLast((event) => event.type === "human.requested"), finished };
}

function eventsOf(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import type { Desk } from "#test/contract/studio.ts";
import { type EffectServer, expectTwentyEffects } from "./effect-server.ts";

/** Ten rounds of a step, a host call, and a tool that makes another: forty checkpoints, twenty effects. */
export const fortyCheckpoints = `
double = Tool { input = { n = field.number{required = true} }, function(args)
  Host.call("effect", { name = "tool-" .. args.n })
  return args.n * 2
end }
Procedure { function()
  local sum, times = 0.0, {}
  for i = 1, 10 do
    local step = Step.checkpoint(function() State.set("last", i) return i / 2 end)
    local effect = Host.call("effect", { name = "call-" .. i })
    sum = sum + step + double({ n = i })
    times[i] = os.time() + math.random()
    print("round " .. i .. " " .. effect.effect)
  end
  File.write("sum.txt", tostring(sum))
  return { sum = sum, last = State.get("last"), calls = double.call_count(), times = times }
end }`;

/** The journal of the one run of a desk. */
export function journalOf(desk: Desk): { run: string; file: string; events: () => RunEvent[] } {
  const runs = path.join(desk.folder, ".tactus", "runs");
  const run = readdirSync(runs).find((name) => name !== ".gitignore") ?? "";
  const file = path.join(runs, run, "events.jsonl");
  return { run, file, events: () => eventsIn(readFileSync(file, "utf8")) };
}

/** The events of JSON lines; a last line without its end is left out. */
export function eventsIn(text: string): RunEvent[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RunEvent);
}

/** The journal of `fortyCheckpoints` when it completed, in one part or in several. */
export function expectWhole(events: readonly RunEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({
    status: "completed",
    result: { sum: 137.5, last: 10, calls: 10, times: expect.arrayContaining([]) },
  });
  const printed = events.flatMap((event) => (event.type === "output" ? [event.text] : []));
  expect(printed).toEqual(
    Array.from({ length: 10 }, (_, index) => `round ${index + 1} /call-${index + 1}\n`),
  );
  const made = events.filter((event) => event.type === "checkpoint" && !event.replayed);
  expect(made.map((event) => event.type === "checkpoint" && event.index)).toEqual(
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
}

/** Goes on, to its end, with a run of `fortyCheckpoints` that somebody ended, and looks at both parts. */
export async function expectResumes(desk: Desk, server: EffectServer, kills = 1): Promise<void> {
  const { run, events } = journalOf(desk);
  const before = events();
  const resumed = await desk.studio(["runs", "resume", run, "--json"]);
  if (before.at(-1)?.type === "run.finished") expect(resumed.code).toBe(2);
  else expect(resumed).toMatchObject({ code: 0, stderr: "" });
  const all = events();
  expect(all.slice(0, before.length)).toEqual(before);
  expectWhole(all);
  expectTwentyEffects(server, kills);
}

/** Ends a command with SIGKILL when it has shown so many events. */
export async function killAtEvent(desk: Desk, args: readonly string[], count: number): Promise<void> {
  const running = desk.start(args);
  running.process.stdin?.end();
  let lines = 0;
  running.process.stdout?.on("data", (text: string) => {
    lines += text.split("\n").length - 1;
    if (lines >= count) running.process.kill("SIGKILL");
  });
  await running.outcome;
}

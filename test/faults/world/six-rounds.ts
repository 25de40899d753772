import { expect } from "vitest";
import type { Desk, Outcome, RunningStudio } from "#test/contract/studio.ts";
import { journalOf } from "#test/support/interrupted-run.ts";
import { type Scene, stateOf } from "./scene.ts";

/** Six rounds of a step, an effect outside and a pause. */
export const sixRounds = `
Procedure { function()
  local sum = 0
  for round = 1, 6 do
    sum = sum + Step.checkpoint(function() return round end)
    Host.call("effect", { name = "call-" .. round })
    Sleep(0.02)
  end
  return sum
end }`;

/** How often the same effect may be asked for: once, and once more when it was under way at the fault. */
const mostCalls = 7;

/** Starts a run of six rounds and resolves in its middle: its fourth effect is under way until the effects are released. */
export async function midRun(
  { effects }: Scene,
  desk: Desk,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningStudio> {
  effects.hold("/call-4");
  const running = desk.start(["run", "a.tac", "--json", ...args], environment);
  running.process.stdin?.end();
  await expect.poll(() => effects.effects.has("/call-4"), { timeout: 60_000, interval: 10 }).toBe(true);
  return running;
}

/**
 * What is left of a run of six rounds after a fault: nothing that was shown is missing, it goes on to its end from
 * where it was, and each effect was made once. Gives the state of the second part.
 */
export async function goesOn(scene: Scene, desk: Desk, first: Outcome): Promise<string> {
  scene.effects.release();
  const { run, events } = journalOf(desk);
  const before = events();
  scene.expectKept(desk, first.stdout);
  const resumed = await desk.studio(["runs", "resume", run, "--json"]);
  scene.expectKept(desk, resumed.stdout, before);
  const all = events();
  scene.checkLosses(() => {
    expect(all.at(-1), "the end of the run").toMatchObject({ status: "completed", result: 21 });
    expect(
      all.map(({ seq }) => seq),
      "the numbers of events",
    ).toEqual(all.map((_, index) => index + 1));
    expectEffectsOnce(scene);
  });
  return `resumed: ${stateOf(resumed)}`;
}

/** Each of the six effects was made, with one key each. */
export function expectEffectsOnce({ effects: { effects, sent } }: Scene): void {
  expect(effects.size, "effects").toBe(6);
  expect(sent(), "calls").toBeLessThanOrEqual(mostCalls);
  for (const keys of effects.values()) expect(new Set(keys).size, "keys of an effect").toBe(1);
}

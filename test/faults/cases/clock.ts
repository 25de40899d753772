import { journalOf } from "#test/support/interrupted-run.ts";
import type { Fault } from "../fault.ts";
import { type Scene, stateOf } from "../world/scene.ts";
import { clockMissing, settableClock } from "../world/set-clock.ts";
import { expectEffectsOnce, goesOn, midRun, sixRounds } from "../world/six-rounds.ts";

const missing = clockMissing;

/** Starts a run of six rounds whose clock is set in its middle. */
async function withClock(scene: Scene, isolation: string, offset: string) {
  const desk = scene.desk({ "a.tac": sixRounds });
  const clock = settableClock(desk);
  const args = ["--isolation", isolation, "--timeout", "600"];
  const running = await midRun(scene, desk, args, clock.environment);
  clock.set(offset);
  return { desk, running };
}

/** The machine's clock is set while runs are under way. */
export const faults: readonly Fault[] = [
  ...["docker", "embedded"].flatMap((isolation) =>
    ["+2d", "-2d"].map(
      (offset): Fault => ({
        id: `clock-${offset.startsWith("+") ? "forward" : "back"}-${isolation}`,
        title: `the clock jumps two days ${offset.startsWith("+") ? "forward" : "back"} in the middle of a run (${isolation})`,
        engine: isolation === "docker",
        missing,
        reached: ["exit 0, completed", "the order of time holds"],
        async meet(scene) {
          const { desk, running } = await withClock(scene, isolation, offset);
          scene.effects.release();
          const ended = await running.outcome;
          scene.expectKept(desk, ended.stdout);
          scene.checkLosses(() => expectEffectsOnce(scene));
          const events = journalOf(desk).events();
          const times = events.map(({ time }) => Date.parse(time));
          const jumped = Math.abs((times.at(-1) ?? 0) - Date.now()) > 86_400_000;
          if (jumped !== offset.startsWith("+")) scene.lost.push("the clock was not set");
          const isOrdered = times.every((time, index) => time >= (times[index - 1] ?? 0));
          const end = events.at(-1);
          const isShort = end?.type === "run.finished" && end.durationMs < 3_600_000;
          return [stateOf(ended), isOrdered && isShort ? "the order of time holds" : "time is out of order"];
        },
      }),
    ),
  ),
  {
    id: "clock-back-before-resume",
    title: "the clock was set back two days between the parts of a run",
    engine: false,
    missing,
    reached: ["exit 128", "resumed: exit 0, completed"],
    async meet(scene) {
      const { desk, running } = await withClock(scene, "embedded", "+2d");
      running.process.kill("SIGKILL");
      const ended = await running.outcome;
      return [stateOf(ended), await goesOn(scene, desk, ended)];
    },
  },
  {
    id: "clock-forward-other-run",
    title: "the clock jumps forward two days, and another run begins while one is under way in its container",
    engine: true,
    missing,
    reached: ["exit 0, completed", "exit 0, completed"],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds, "b.tac": "Procedure { function() return 1 end }" });
      const running = await midRun(scene, desk, ["--isolation", "docker"]);
      const late = settableClock(desk, "+2d").environment;
      const other = await desk.studio(["run", "b.tac", "--json", "--isolation", "docker"], late);
      scene.effects.release();
      const ended = await running.outcome;
      scene.checkLosses(() => expectEffectsOnce(scene));
      return [stateOf(ended), stateOf(other)];
    },
  },
];

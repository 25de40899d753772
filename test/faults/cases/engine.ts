import type { Fault } from "../fault.ts";
import { type Scene, stateOf } from "../world/scene.ts";
import { goesOn, midRun, sixRounds } from "../world/six-rounds.ts";

const docker = ["--isolation", "docker"];

/** The engine ends under a run of six rounds, comes back, and the run goes on. */
async function underRun(scene: Scene, act: () => Promise<void>): Promise<string[]> {
  const desk = scene.desk({ "a.tac": sixRounds });
  const running = await midRun(scene, desk, docker);
  await act();
  const ended = await running.outcome;
  await scene.engine.recover();
  return [stateOf(ended), await goesOn(scene, desk, ended)];
}

const resumed = "resumed: exit 0, completed";

/** The container engine dies, comes back, or stops answering. */
export const faults: readonly Fault[] = [
  {
    id: "engine-killed",
    title: "the engine is killed in the middle of a run",
    engine: true,
    reached: ["exit 3, failed engine-lost", resumed],
    meet: (scene) => underRun(scene, () => scene.engine.kill()),
  },
  {
    id: "engine-restarted",
    title: "the engine restarts in the middle of a run",
    engine: true,
    reached: ["exit 1, failed sandbox-lost", resumed],
    meet: (scene) => underRun(scene, () => scene.engine.restart()),
  },
  {
    id: "engine-frozen",
    title: "the engine stops answering; the run's time passes",
    engine: true,
    slow: true,
    reached: ["exit 4, timed_out limit-time", resumed],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, [...docker, "--timeout", "2"]);
      scene.engine.freeze();
      const ended = await running.outcome;
      await scene.engine.recover();
      return [stateOf(ended), await goesOn(scene, desk, ended)];
    },
  },
  {
    id: "engine-frozen-at-start",
    title: "the engine accepts a connection and never answers; the person cancels",
    engine: true,
    reached: ["exit 130, cancelled cancelled", "again: exit 0, completed"],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      scene.engine.freeze();
      const running = desk.start(["run", "a.tac", "--json", ...docker]);
      running.process.stdin?.end();
      await running.shows('"run.started"');
      running.process.kill("SIGINT");
      const ended = await running.outcome;
      await scene.engine.recover();
      const again = await desk.studio(["run", "a.tac", "--json", ...docker]);
      return [stateOf(ended), `again: ${stateOf(again)}`];
    },
  },
];

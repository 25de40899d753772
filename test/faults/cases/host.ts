import type { Fault } from "../fault.ts";
import { openGate } from "../world/engine-gate.ts";
import { type Scene, stateOf } from "../world/scene.ts";
import { goesOn, midRun, sixRounds } from "../world/six-rounds.ts";

const resumed = "resumed: exit 0, completed";

/** A run whose process is killed when its third effect was made. */
async function killed(scene: Scene, isolation: "docker" | "embedded"): Promise<string[]> {
  const desk = scene.desk({ "a.tac": sixRounds });
  const running = await midRun(scene, desk, ["--isolation", isolation]);
  running.process.kill("SIGKILL");
  const ended = await running.outcome;
  return [stateOf(ended), await goesOn(scene, desk, ended)];
}

/** The process that runs a run is killed. */
export const faults: readonly Fault[] = [
  {
    id: "host-killed",
    title: "the process of a run in a container is killed",
    engine: true,
    reached: ["exit 128", resumed],
    meet: (scene) => killed(scene, "docker"),
  },
  {
    id: "host-killed-embedded",
    title: "the process of an embedded run is killed",
    engine: false,
    reached: ["exit 128", resumed],
    meet: (scene) => killed(scene, "embedded"),
  },
  ...(
    [
      { at: /^POST \/containers\/[0-9a-f]+\/attach/, moment: "attached" },
      { at: /^POST \/containers\/[0-9a-f]+\/start/, moment: "started" },
    ] as const
  ).map(
    ({ at, moment }): Fault => ({
      id: `host-killed-before-${moment}`,
      title: `the process is killed when its container is made, before it is ${moment}`,
      engine: true,
      reached: ["exit 128", resumed],
      async meet(scene) {
        const desk = scene.desk({ "a.tac": sixRounds });
        const kill = async (): Promise<void> => void running.process.kill("SIGKILL");
        await using gate = await openGate(desk.home, scene.engine.socket, { at, act: kill });
        const running = desk.start(["run", "a.tac", "--json", "--isolation", "docker"], {
          DOCKER_HOST: gate.address,
        });
        const ended = await running.outcome;
        return [stateOf(ended), await goesOn(scene, desk, ended)];
      },
    }),
  ),
];

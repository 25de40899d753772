import { existsSync, readFileSync } from "node:fs";
import type { Fault } from "../fault.ts";
import { type Scene, stateOf } from "../world/scene.ts";
import { goesOn, midRun, sixRounds } from "../world/six-rounds.ts";

const docker = ["--isolation", "docker"];
const resumed = "resumed: exit 0, completed";

/** The container of the run that is under way. */
async function runningContainer({ engine: { client } }: Scene) {
  const [container] = await client.listContainers();
  if (!container) throw new Error("no container runs");
  return client.getContainer(container.Id);
}

/** Six rounds that keep eight megabytes each. */
const hoardingRounds = sixRounds
  .replace("local sum = 0", "local sum, kept = 0, {}")
  .replace("Sleep(0.02)", 'Sleep(0.02) kept[round] = string.rep("x", 8000000) .. round');

/** As the kernel counts it, in either generation of its groups. */
function memoryInUse({ engine }: Scene, id: string): number {
  const files = [
    `/sys/fs/cgroup/memory${engine.cgroup}/${id}/memory.usage_in_bytes`,
    `/sys/fs/cgroup${engine.cgroup}/${id}/memory.current`,
  ];
  const file = files.find(existsSync);
  if (!file) throw new Error(`the kernel counts no memory for container ${id}`);
  return Number(readFileSync(file, "utf8"));
}

/** Containers that do not end when they are told to, or that are ended by others. */
export const faults: readonly Fault[] = [
  {
    id: "container-deaf",
    title: "the container is deaf to every signal but SIGKILL, and the person cancels",
    engine: true,
    reached: ["exit 130, cancelled cancelled", resumed],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, docker);
      // A paused container handles neither SIGTERM nor the end of its input.
      await (await runningContainer(scene)).pause();
      running.process.kill("SIGINT");
      const ended = await running.outcome;
      return [stateOf(ended), await goesOn(scene, desk, ended)];
    },
  },
  {
    id: "container-deaf-timeout",
    title: "the container is deaf to every signal but SIGKILL, and its time passes",
    engine: true,
    reached: ["exit 4, timed_out limit-time", resumed],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, [...docker, "--timeout", "2"]);
      await (await runningContainer(scene)).pause();
      const ended = await running.outcome;
      return [stateOf(ended), await goesOn(scene, desk, ended)];
    },
  },
  {
    id: "container-removed",
    title: "somebody removes the container",
    engine: true,
    reached: ["exit 1, failed sandbox-lost", resumed],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, docker);
      await (await runningContainer(scene)).remove({ force: true });
      const ended = await running.outcome;
      return [stateOf(ended), await goesOn(scene, desk, ended)];
    },
  },
  {
    id: "memory-outside-heap",
    title: "the kernel ends the container for its memory, outside of the JavaScript heap",
    engine: true,
    reached: ["exit 4, failed limit-memory", resumed],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": hoardingRounds });
      const running = await midRun(scene, desk, docker);
      // Lua's memory is no part of the heap that V8 watches over. The limit is drawn in just above what is in use.
      const container = await runningContainer(scene);
      const bytes = memoryInUse(scene, container.id) + 4 * 1024 * 1024;
      await container.update({ Memory: bytes, MemorySwap: bytes });
      scene.effects.release();
      const ended = await running.outcome;
      return [stateOf(ended), await goesOn(scene, desk, ended)];
    },
  },
  ...(["docker", "embedded"] as const).map(
    (isolation): Fault => ({
      id: `memory-of-lua-${isolation}`,
      title: `the procedure fills its memory (${isolation})`,
      engine: isolation === "docker",
      reached: ["exit 4, failed limit-memory"],
      async meet(scene) {
        const hoarder = `Procedure { function()
          local kept = {}
          while true do kept[#kept + 1] = string.rep("x", 1000000) .. #kept end
        end }`;
        const desk = scene.desk({ "a.tac": hoarder }, { config: "sandbox: { limits: { memory: 256m } }\n" });
        const ended = await desk.studio(["run", "a.tac", "--json", "--isolation", isolation]);
        scene.expectKept(desk, ended.stdout);
        return [stateOf(ended)];
      },
    }),
  ),
];

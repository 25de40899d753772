import type { Fault } from "../fault.ts";
import { openGate } from "../world/engine-gate.ts";
import { type Scene, stateOf } from "../world/scene.ts";
import { midRun, sixRounds } from "../world/six-rounds.ts";

const docker = ["--isolation", "docker"];

/** Removes the product's images, as somebody who cleans up would. */
async function removeImages({ engine }: Scene): Promise<void> {
  const images = await engine.client.listImages({
    filters: { reference: ["tactus-studio*", "*/tactus-studio*"] },
  });
  const tags = images.flatMap(({ RepoTags }) => RepoTags ?? []);
  if (tags.length === 0) throw new Error("there is no image to remove");
  for (const tag of tags) await engine.client.getImage(tag).remove({ force: true });
}

/** A run whose engine loses something at the moment of a request. */
async function atRequest(scene: Scene, at: RegExp, act: () => Promise<void>): Promise<string[]> {
  const desk = scene.desk({ "a.tac": sixRounds });
  await using gate = await openGate(desk.home, scene.engine.socket, { at, act });
  const ended = await desk.studio(["run", "a.tac", "--json", ...docker], { DOCKER_HOST: gate.address });
  await scene.engine.recover();
  const again = await desk.studio(["run", "a.tac", "--json", ...docker]);
  return [stateOf(ended), `again: ${stateOf(again)}`];
}

const again = "again: exit 0, completed";

/** The image goes, or the engine dies, at an exact moment of a start. */
export const faults: readonly Fault[] = [
  {
    id: "image-removed-before-create",
    title: "the image is removed between its check and its use",
    engine: true,
    reached: ["exit 0, completed", again],
    async meet(scene) {
      await scene.desk({ "a.tac": sixRounds }).studio(["sandbox", "build", "--json"]);
      return atRequest(scene, /^POST \/containers\/create/, () => removeImages(scene));
    },
  },
  {
    id: "image-removed-mid-run",
    title: "the image is removed in the middle of a run",
    engine: true,
    reached: ["exit 0, completed", again],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, docker);
      await removeImages(scene);
      scene.effects.release();
      const ended = await running.outcome;
      scene.expectKept(desk, ended.stdout);
      return [stateOf(ended), `again: ${stateOf(await desk.studio(["run", "a.tac", "--json", ...docker]))}`];
    },
  },
  ...(
    [
      { at: /^POST \/containers\/create/, moment: "created" },
      { at: /^POST \/containers\/[0-9a-f]+\/attach/, moment: "attached" },
      { at: /^POST \/containers\/[0-9a-f]+\/start/, moment: "started" },
    ] as const
  ).map(
    ({ at, moment }): Fault => ({
      id: `engine-killed-before-${moment}`,
      title: `the engine is killed before the container is ${moment}`,
      engine: true,
      reached: ["exit 3, failed start-failed", again],
      meet: (scene) => atRequest(scene, at, () => scene.engine.kill()),
    }),
  ),
];

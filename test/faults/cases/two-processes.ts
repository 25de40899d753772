import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { eventsIn, journalOf } from "#test/support/interrupted-run.ts";
import type { Fault } from "../fault.ts";
import { stateOf } from "../world/scene.ts";
import { expectEffectsOnce, midRun, sixRounds } from "../world/six-rounds.ts";

const embedded = ["--isolation", "embedded"];

/** Two processes, as of two editors, at work in one folder. */
export const faults: readonly Fault[] = [
  {
    id: "two-resume-one-run",
    title: "two processes go on with the same run at the same time",
    engine: false,
    reached: ["at most one at a time", "completed"],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, embedded);
      running.process.kill("SIGKILL");
      await running.outcome;
      scene.effects.release();
      const { run, events } = journalOf(desk);
      const resume = ["runs", "resume", run, "--json"];
      const both = await Promise.all([desk.studio(resume), desk.studio(resume)]);
      const refusal = /under way in another process|has completed/;
      const others = both.filter(({ code, stderr }) => code !== 0 && !refusal.test(stderr)).map(stateOf);
      const isAlone = both.filter(({ code }) => code === 0).length <= 1 && others.length === 0;
      if (events().at(-1)?.type !== "run.finished") await desk.studio(resume);
      scene.checkLosses(() => {
        const all = events();
        expect(
          all.map(({ seq }) => seq),
          "numbers",
        ).toEqual(all.map((_, index) => index + 1));
        expectEffectsOnce(scene);
      });
      const last = events().at(-1);
      return [
        isAlone ? "at most one at a time" : others.join(),
        last?.type === "run.finished" ? last.status : "no end",
      ];
    },
  },
  {
    id: "two-write-one-file",
    title: "two runs write the same file of a mounted workspace at the same time",
    engine: false,
    reached: ["exit 0, completed", "exit 0, completed", "one whole text"],
    async meet(scene) {
      const writer = (letter: string): string => `Procedure { function()
        for round = 1, 60 do File.write("shared.txt", string.rep("${letter}", 200000)) end
      end }`;
      const desk = scene.desk({ "a.tac": writer("a"), "b.tac": writer("b") });
      const write = (file: string) =>
        desk.studio(["run", file, "--json", "--workspace", "mount", "--yes", ...embedded]);
      const both = await Promise.all([write("a.tac"), write("b.tac")]);
      const text = readFileSync(path.join(desk.folder, "shared.txt"), "utf8");
      const isWhole = text === "a".repeat(200_000) || text === "b".repeat(200_000);
      if (readdirSync(desk.folder).some((name) => name.endsWith(".draft")))
        scene.lost.push("a draft is left");
      return [...both.map(stateOf), isWhole ? "one whole text" : "a mixture"];
    },
  },
  {
    id: "two-prune",
    title: "two processes prune the runs, while a third is under way and a fourth begins",
    engine: false,
    reached: ["exit 0", "exit 0", "each run pruned once", "exit 0, completed", "exit 0, completed"],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds, "b.tac": "Procedure { function() return 1 end }" });
      for (let run = 0; run < 4; run++) await desk.studio(["run", "b.tac", "--json", ...embedded]);
      const old = readdirSync(path.join(desk.folder, ".tactus/runs")).filter((name) => name !== ".gitignore");
      const running = await midRun(scene, desk, embedded);
      const prune = ["runs", "prune", "--json", "--all"];
      const [first, second, begun] = await Promise.all([
        desk.studio(prune),
        desk.studio(prune),
        desk.studio(["run", "b.tac", "--json", ...embedded]),
      ]);
      scene.effects.release();
      const ended = await running.outcome;
      const pruned = [first, second].flatMap(
        ({ stdout }): string[] => JSON.parse(stdout || '{"pruned":[]}').pruned,
      );
      const isOnce = new Set(pruned).size === pruned.length && old.every((run) => pruned.includes(run));
      scene.checkLosses(() => {
        const kept = readdirSync(path.join(desk.folder, ".tactus/runs"));
        const own = eventsIn(ended.stdout)[0];
        expect(kept, "the run that was under way").toContain(own?.type === "run.started" ? own.run : "");
      });
      const once = isOnce ? "each run pruned once" : `pruned: ${pruned.join(" ")}`;
      return [stateOf(first), stateOf(second), once, stateOf(ended), stateOf(begun)];
    },
  },
  {
    id: "two-answer-one-question",
    title: "two processes answer the same question at the same time",
    engine: false,
    reached: ["one answer counts", "resumed: exit 0, completed"],
    async meet(scene) {
      const desk = scene.desk({
        "a.tac": 'Procedure { function() return Human.input({ message = "Name?" }) end }',
      });
      await desk.studio(["run", "a.tac", "--json", ...embedded]);
      const { run, events } = journalOf(desk);
      const respond = (name: string) => desk.studio(["runs", "respond", run, "q1", name]);
      const end = events().at(-1);
      const request = end?.type === "run.finished" ? end.waiting?.request : undefined;
      expect(request).toBe("q1");
      await Promise.all([respond("Ada"), respond("Grace")]);
      const answers = events().filter(({ type }) => type === "human.responded");
      const resumed = await desk.studio(["runs", "resume", run, "--json"]);
      scene.expectKept(desk, resumed.stdout);
      return [
        answers.length === 1 ? "one answer counts" : `${answers.length} answers`,
        `resumed: ${stateOf(resumed)}`,
      ];
    },
  },
  {
    id: "two-build-image",
    title: "two processes make the image of the same engine at the same time",
    engine: true,
    reached: ["exit 0", "exit 0", "one image"],
    async meet(scene) {
      const { client } = scene.engine;
      const images = () => client.listImages({ filters: { reference: ["tactus-studio-runtime"] } });
      for (const { Id } of await images()) await client.getImage(Id).remove({ force: true });
      const desk = scene.desk({});
      const build = () => desk.studio(["sandbox", "build", "--json"]);
      const both = await Promise.all([build(), build()]);
      const left = await images();
      return [...both.map(stateOf), left.length === 1 ? "one image" : `${left.length} images`];
    },
  },
];

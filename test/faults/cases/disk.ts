import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Outcome } from "#test/contract/studio.ts";
import { eventsIn } from "#test/support/interrupted-run.ts";
import type { Fault } from "../fault.ts";
import { OwnEngine } from "../world/own-engine.ts";
import { stateOf } from "../world/scene.ts";
import { goesOn, midRun, sixRounds } from "../world/six-rounds.ts";
import { diskMissing, smallDisk } from "../world/small-disk.ts";

const embedded = ["--isolation", "embedded"];
const resumed = "resumed: exit 0, completed";
const missing = diskMissing;

/** What was shown once the journal could not be written is not in it, as the end of the run says. */
const untold = (ended: Outcome): Outcome => ({ ...ended, stdout: "" });

/** Writes a file, then one that the disk has no room for. */
const writing = (folder: string): string => `Procedure { function()
  File.write("${folder}kept.txt", "first")
  local ok, reason = pcall(File.write, "${folder}large.txt", string.rep("x", 1000000))
  local again, why = pcall(File.write, "${folder}kept.txt", string.rep("y", 1000000))
  return { written = ok or again, reason = tostring(reason), kept = File.read("${folder}kept.txt") }
end }`;

/** Disks without room, in the places that a run writes to. */
export const faults: readonly Fault[] = [
  ...(["docker", "embedded"] as const).map(
    (isolation): Fault => ({
      id: `disk-full-journal-${isolation}`,
      title: `the disk of the journal gets full in the middle of a run (${isolation})`,
      engine: isolation === "docker",
      missing,
      reached: ["exit 1, failed journal-unwritable", resumed],
      async meet(scene) {
        const desk = scene.desk({ "a.tac": sixRounds });
        using disk = smallDisk(path.join(desk.folder, ".tactus"), "size=16k");
        const ended = await desk.studio(["run", "a.tac", "--json", "--isolation", isolation]);
        disk.grow();
        return [stateOf(ended), await goesOn(scene, desk, untold(ended))];
      },
    }),
  ),
  ...[4, 5].map(
    (files): Fault => ({
      id: `disk-full-at-start-${files}`,
      title: `the disk of the journal has room for ${files - 1} files when a run begins`,
      engine: false,
      missing,
      reached: ["exit 2", "nothing is left of it", "again: exit 0, completed"],
      async meet(scene) {
        const desk = scene.desk({ "a.tac": sixRounds });
        const folder = path.join(desk.folder, ".tactus");
        using disk = smallDisk(folder, `size=1m,nr_inodes=${files}`);
        const ended = await desk.studio(["run", "a.tac", "--json", ...embedded]);
        const left = readdirSync(path.join(folder, "runs")).filter((name) => name !== ".gitignore");
        disk.grow();
        const again = await desk.studio(["run", "a.tac", "--json", ...embedded]);
        const isClear = ended.stderr.includes("The journal can't be written") ? "exit 2" : ended.stderr;
        return [
          ended.code === 2 ? isClear : stateOf(ended),
          left.length === 0 ? "nothing is left of it" : left.join(),
          `again: ${stateOf(again)}`,
        ];
      },
    }),
  ),
  ...(["mount", "copy"] as const).map(
    (mode): Fault => ({
      id: `disk-full-workspace-${mode}`,
      title: `the disk gets full while a procedure writes a file (workspace ${mode})`,
      engine: false,
      missing,
      reached: ["exit 0, completed", "the procedure was told", "the file before is whole"],
      async meet(scene) {
        const desk = scene.desk({ "a.tac": writing(mode === "mount" ? "data/" : "") });
        const place = mode === "mount" ? "data" : ".tactus";
        using _disk = smallDisk(path.join(desk.folder, place), "size=400k");
        const ended = await desk.studio([
          ...["run", "a.tac", "--json", "--workspace", mode, "--yes"],
          ...embedded,
        ]);
        const end = eventsIn(ended.stdout).at(-1);
        const result = end?.type === "run.finished" ? end.result : undefined;
        const { written, reason, kept } = Object(result);
        if (mode === "mount") {
          scene.checkLosses(() => {
            expect(readFileSync(path.join(desk.folder, "data/kept.txt"), "utf8"), "the file").toBe("first");
            expect(readdirSync(path.join(desk.folder, "data")), "the folder").toEqual(["kept.txt"]);
          });
        }
        return [
          stateOf(ended),
          written === false && /disk is full/.test(reason) ? "the procedure was told" : String(reason),
          kept === "first" ? "the file before is whole" : `the file before is ${String(kept).slice(0, 20)}`,
        ];
      },
    }),
  ),
  {
    id: "disk-full-home",
    title: "the person's home has no room: nothing can be remembered there",
    engine: false,
    missing,
    reached: ["exit 0, completed"],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      using _cache = smallDisk(path.join(desk.home, ".cache"), "size=4k,nr_inodes=1");
      using _data = smallDisk(path.join(desk.home, ".local"), "size=4k,nr_inodes=1");
      const ended = await desk.studio(["run", "a.tac", "--json", ...embedded]);
      scene.expectKept(desk, ended.stdout);
      return [stateOf(ended)];
    },
  },
  {
    id: "file-size-limit",
    title: "the process may write no larger files from the middle of a run on",
    engine: false,
    missing,
    reached: ["exit 1, failed journal-unwritable", resumed],
    async meet(scene) {
      const desk = scene.desk({ "a.tac": sixRounds });
      const running = await midRun(scene, desk, embedded);
      execFileSync("prlimit", [`--pid=${running.process.pid}`, "--fsize=4096"]);
      scene.effects.release();
      const ended = await running.outcome;
      return [stateOf(ended), await goesOn(scene, desk, untold(ended))];
    },
  },
  {
    id: "disk-full-engine",
    title: "the engine's disk has no room for the image",
    engine: false,
    missing,
    reached: ["exit 3, failed image-failed", "with room: exit 0, completed"],
    async meet(scene) {
      await using engine = await OwnEngine.open({
        prepare: (folder) => smallDisk(path.join(folder, "data"), "size=64m"),
      });
      const desk = scene.desk({ "a.tac": sixRounds }, { environment: { DOCKER_HOST: engine.address } });
      const ended = await desk.studio(["run", "a.tac", "--json", "--isolation", "docker"]);
      scene.expectKept(desk, ended.stdout);
      execFileSync("mount", ["-o", "remount,size=1g", path.join(engine.folder, "data")]);
      const later = await desk.studio(["run", "a.tac", "--json", "--isolation", "docker"]);
      const left = await engine.client.listContainers({ all: true });
      for (const { Id } of left) scene.lost.push(`container ${Id} is left`);
      return [stateOf(ended), `with room: ${stateOf(later)}`];
    },
  },
];

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { Desk } from "#test/contract/studio.ts";
import { eventsIn, journalOf } from "#test/support/interrupted-run.ts";
import type { Fault } from "../fault.ts";
import { type Scene, stateOf } from "../world/scene.ts";
import { expectEffectsOnce, midRun, sixRounds } from "../world/six-rounds.ts";

/** A way to spoil one line of a journal: the lines that take its place. */
interface Damage {
  readonly name: string;
  readonly spoil: (line: Buffer) => Buffer;
  /** Lines of those that can still be read as they were. */
  readonly linesKept: number;
}

const end = Buffer.from("\n");
const whole = (line: Buffer): Buffer => Buffer.concat([line, end]);

const damages: readonly Damage[] = [
  { name: "missing", spoil: () => Buffer.alloc(0), linesKept: 0 },
  { name: "doubled", spoil: (line) => Buffer.concat([whole(line), whole(line)]), linesKept: 1 },
  { name: "cut short", spoil: (line) => whole(line.subarray(0, line.length / 2)), linesKept: 0 },
  { name: "overwritten with zeros", spoil: (line) => whole(Buffer.alloc(line.length)), linesKept: 0 },
  {
    name: "of bytes that are no text",
    spoil: (line) => whole(withByte(line, line.length - 3, 0xff)),
    linesKept: 0,
  },
];

function withByte(line: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(line);
  changed[at] = byte;
  return changed;
}

/** A run that was killed in its middle, with the bytes of its journal. */
async function killedRun(scene: Scene): Promise<{ desk: Desk; run: string; file: string; journal: Buffer }> {
  const desk = scene.desk({ "a.tac": sixRounds });
  const running = await midRun(scene, desk, ["--isolation", "embedded"]);
  running.process.kill("SIGKILL");
  await running.outcome;
  scene.effects.release();
  const { run, file } = journalOf(desk);
  return { desk, run, file, journal: readFileSync(file) };
}

function withLine(journal: Buffer, index: number, { spoil }: Damage): Buffer {
  const lines = journal.toString("latin1").split("\n").slice(0, -1);
  return Buffer.concat(
    lines.map((text, at) => {
      const line = Buffer.from(text, "latin1");
      return at === index ? spoil(line) : whole(line);
    }),
  );
}

/** Journals that were cut, spoiled or replaced. */
export const faults: readonly Fault[] = [
  ...damages.map(
    (damage): Fault => ({
      id: `journal-line-${damage.name.replaceAll(" ", "-")}`,
      title: `a line in the middle of the journal is ${damage.name}`,
      engine: false,
      reached: ["exit 2, damaged", "shown", "resumed unspoiled: exit 0, completed"],
      async meet(scene) {
        const { desk, run, file, journal } = await killedRun(scene);
        const index = eventsIn(journal.toString()).findIndex(({ type }) => type === "checkpoint");
        const spoiled = withLine(journal, index, damage);
        writeFileSync(file, spoiled);
        const { code, stderr } = await desk.studio(["runs", "resume", run]);
        const isDamaged = stderr.includes(`is damaged at line ${index + 1 + damage.linesKept},`);
        const shown = await desk.studio(["runs", "show", run]);
        if (!readFileSync(file).equals(spoiled)) scene.lost.push("what was left of the journal");
        writeFileSync(file, journal);
        const resumed = await desk.studio(["runs", "resume", run, "--json"]);
        scene.expectKept(desk, resumed.stdout, eventsIn(journal.toString()));
        scene.checkLosses(() => expectEffectsOnce(scene));
        return [
          `exit ${code}, ${isDamaged ? "damaged" : stderr}`,
          shown.code === 0 ? "shown" : stateOf(shown),
          `resumed unspoiled: ${stateOf(resumed)}`,
        ];
      },
    }),
  ),
  {
    id: "journal-truncated",
    title: "the journal is cut at places all over it, in the middle of lines and between them",
    engine: false,
    reached: ["exit 0, completed"],
    async meet(scene) {
      const { desk, run, file, journal } = await killedRun(scene);
      const begin = journal.indexOf("\n") + 1;
      const states = new Set<string>();
      for (let part = 1; part <= 4; part++) {
        const bytes = begin + Math.floor(((journal.length - begin) * part) / 4) - (part % 2) * 10;
        const zeros = Buffer.alloc(part === 3 ? 512 : 0);
        writeFileSync(file, Buffer.concat([journal.subarray(0, bytes), zeros]));
        const kept = eventsIn(journal.subarray(0, bytes).toString());
        const resumed = await desk.studio(["runs", "resume", run, "--json"]);
        states.add(stateOf(resumed));
        scene.expectKept(desk, resumed.stdout, kept);
      }
      // What the journal has lost is done again, with the keys of the first time.
      scene.checkLosses(() => {
        expect(scene.effects.effects.size, "effects").toBe(6);
        for (const keys of scene.effects.effects.values()) expect(new Set(keys).size, "keys").toBe(1);
      });
      return [...states];
    },
  },
  {
    id: "journal-replaced",
    title: "the journal is empty, missing, a folder",
    engine: false,
    reached: [
      "empty: exit 2",
      "missing: exit 2",
      "a folder: exit 2",
      "others: exit 0, completed",
      "pruned: exit 0",
    ],
    async meet(scene) {
      const { desk, run, file } = await killedRun(scene);
      const replacements: readonly (readonly [string, () => void])[] = [
        ["empty", () => writeFileSync(file, "")],
        ["missing", () => rmSync(file)],
        ["a folder", () => mkdirSync(file)],
      ];
      const states: string[] = [];
      for (const [name, replace] of replacements) {
        replace();
        const { code, stderr } = await desk.studio(["runs", "resume", run]);
        states.push(`${name}: exit ${code}${stderr.includes("fault of Tactus") ? " (a fault of ours)" : ""}`);
        for (const command of [["show", run], ["list"]]) {
          const looked = await desk.studio(["runs", ...command]);
          if (looked.stderr.includes("fault of Tactus")) states.push(`${command[0]}: ${looked.stderr}`);
        }
      }
      const other = await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"]);
      const pruned = await desk.studio(["runs", "prune", "--all", "--json"]);
      return [...states, `others: ${stateOf(other)}`, `pruned: ${stateOf(pruned)}`];
    },
  },
];

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bareContainer } from "./bare-container.ts";
import { measureDebugging } from "./debugging.ts";
import { type DurabilityFigures, measureDurability } from "./durability.ts";
import { measureHardening } from "./hardening.ts";
import { installOriginal } from "./original.ts";
import { type Comparison, comparePaired, type Summary, summarise } from "./paired.ts";
import { measurePool } from "./pool.ts";
import { toolCalls, trivial } from "./programs.ts";
import { measureReportPage } from "./report-page.ts";
import { measureReview } from "./review.ts";
import { timeProcess, timeRun } from "./run-studio.ts";
import { measureSpecifications } from "./specifications.ts";

/**
 * `npm run bench`: the figures that docs/performance.md quotes, each as a ratio against a peer measured in the same
 * run. Needs a built dist/; a container engine and Python for the parts that compare with them.
 */

const root = path.resolve(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "tactus-bench-"));
const calls = 10_000;
const rounds = 7;

writeFileSync(path.join(folder, "trivial.tac"), trivial);
writeFileSync(path.join(folder, "calls.tac"), toolCalls(calls));
try {
  await measureEmbedded();
  reportDurability(await measureDurability(folder));
  await measureTests();
  compared(
    "review of 200 files, 50 of them procedures (at most 2 s) ÷ git's part of it",
    await measureReview(folder),
  );
  await measurePage();
  const setup = { runtimeFolder: path.join(root, "dist/runtime") };
  for (const { name, comparison } of await measureDebugging(folder, setup)) compared(name, comparison);
  const bare = await bareContainer(setup);
  if (bare) {
    await measureDocker(bare);
    compared(
      "request to first Lua line, in a pooled container (at most 0.060 s) ÷ cold",
      await measurePool(folder, setup),
    );
    compared(
      "run in the hardened container ÷ with the engine's own settings (at most 1.15)",
      await measureHardening(folder, setup),
    );
  } else console.log("no container engine: its figures are left out");
} finally {
  rmSync(folder, { recursive: true });
}

async function measureEmbedded(): Promise<void> {
  const { ours, peer } = await comparePaired(
    () => timeRun(folder, "trivial.tac", "embedded"),
    () => timeProcess(process.execPath, ["-e", "1"], folder),
    rounds,
  );
  report("trivial run, embedded", ours);
  report("`node -e 1`", peer);
  console.log(`  difference of the medians: ${seconds(ours.median - peer.median)} (at most 0.4 s)`);
}

function reportDurability({ journalBytes, resume, checkpoint }: DurabilityFigures): void {
  report("resume with 1,000 checkpoints, whole process (at most 1 s)", resume.ours);
  report("resume with 2 checkpoints", resume.peer);
  for (const [count, bytes] of journalBytes) {
    console.log(`journal of ${count} checkpoints: ${bytes} bytes, ${Math.round(bytes / count)} each`);
  }
  compared("a checkpoint with its flush ÷ bare append and fsync", checkpoint);
}

async function measureTests(): Promise<void> {
  const original = installOriginal(path.join(root, ".cache/original"));
  if (!original) console.log("the original could not be installed: what is compared with it is left out");
  for (const { name, comparison } of await measureSpecifications(folder, original))
    compared(name, comparison);
}

async function measurePage(): Promise<void> {
  const figures = await measureReportPage(folder);
  if (!figures) return console.log("no Chromium: the figures of the page of reports are left out");
  console.log(`report on 200 files (at most 6 MB): ${(figures.bytes / 1e6).toFixed(2)} MB`);
  report("it is interactive (at most 2 s)", figures.interactive);
  report("its first source is there, Monaco's start included", figures.firstSource);
}

async function measureDocker(bare: () => Promise<number>): Promise<void> {
  compared(
    "trivial run in Docker ÷ bare container (at most 2)",
    await comparePaired(() => timeRun(folder, "trivial.tac", "docker"), bare, rounds),
  );
  const perSecond = [];
  for (let round = 0; round < 5; round++) {
    const whole = await timeRun(folder, "calls.tac", "docker");
    perSecond.push(calls / (whole - (await timeRun(folder, "trivial.tac", "docker"))));
  }
  const rate = summarise(perSecond);
  console.log(
    `tool calls a second in Docker, journal on (at least 5,000): ${Math.round(rate.median)} (${Math.round(rate.minimum)} to ${Math.round(rate.maximum)})`,
  );
  const original = installOriginal(path.join(root, ".cache/original"));
  if (!original) console.log("the original could not be installed: its figure is left out");
  else {
    compared(
      "trivial run in Docker ÷ the original without a sandbox (at most 0.1)",
      await comparePaired(
        () => timeRun(folder, "trivial.tac", "docker"),
        () => timeProcess(original, ["run", "trivial.tac", "--no-sandbox"], folder),
        5,
      ),
    );
  }
}

function compared(name: string, { ours, peer, ratio }: Comparison): void {
  console.log(
    `${name}: ${ratio.median.toFixed(2)} (${ratio.minimum.toFixed(2)} to ${ratio.maximum.toFixed(2)})`,
  );
  report("  ours", ours);
  report("  peer", peer);
}

function report(name: string, { minimum, median, maximum }: Summary): void {
  console.log(`${name}: ${seconds(median)} (${seconds(minimum)} to ${seconds(maximum)})`);
}

function seconds(value: number): string {
  return `${value.toFixed(3)} s`;
}

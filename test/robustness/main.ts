import { parseArgs } from "node:util";
import { faultsOf, summaryOf } from "./fuzz-report.ts";
import { fuzzServer } from "./fuzz-server.ts";
import { hostileInputs } from "./hostile/hostile-inputs.ts";

/**
 * `npm run fuzz [-- --target NAME --inputs N --seed N]`: the long run of one target or of all. The target
 * `language-server` needs the built server; its failing texts lie in .cache/robustness. Exit code 1 when anything was
 * wrong.
 */

const { values } = parseArgs({
  options: { target: { type: "string" }, inputs: { type: "string" }, seed: { type: "string" } },
});
const inputs = Number(values.inputs ?? 100_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);

const targets: Readonly<Record<string, () => Promise<boolean>>> = {
  ...Object.fromEntries(
    Object.entries(hostileInputs).map(([name, fuzz]) => [name, () => holds(() => fuzz(inputs, seed))]),
  ),
  "language-server": fuzzLanguageServer,
};

async function holds(check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

async function fuzzLanguageServer(): Promise<boolean> {
  const report = await fuzzServer({ seed, inputs, onProgress: (done) => process.stdout.write(`${done} `) });
  const faults = faultsOf(report);
  process.stdout.write(`\n${summaryOf(report, inputs, seed)}\n${faults.join("\n")}\n`);
  return faults.length === 0;
}

const chosen = Object.entries(targets).filter(([name]) => name === (values.target ?? name));
if (chosen.length === 0) throw new Error(`There is no target but ${Object.keys(targets).join(", ")}.`);
for (const [name, run] of chosen) {
  process.stdout.write(`${name}: ${inputs} inputs, seed ${seed}\n`);
  const startedAt = performance.now();
  const isGood = await run();
  const seconds = (performance.now() - startedAt) / 1000;
  process.stdout.write(`${name}: ${isGood ? "nothing found" : "FAILED"} in ${seconds.toFixed(1)} s\n`);
  if (!isGood) process.exitCode = 1;
}

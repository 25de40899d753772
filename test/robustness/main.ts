import { parseArgs } from "node:util";
import { faultsOf, summaryOf } from "./fuzz-report.ts";
import { fuzzServer } from "./fuzz-server.ts";

/**
 * `npm run fuzz [-- --inputs N --seed N]`: the long run, over the built server. Of 25,000 inputs 20,000 are procedures
 * and 5,000 sidecars. Exit code 1 when anything was wrong; the failing texts lie in .cache/robustness.
 */

const { values } = parseArgs({ options: { inputs: { type: "string" }, seed: { type: "string" } } });
const inputs = Number(values.inputs ?? 25_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
process.stdout.write(`seed ${seed}\n`);
const report = await fuzzServer({ seed, inputs, onProgress: (done) => process.stdout.write(`${done} `) });
const faults = faultsOf(report);
process.stdout.write(`\n${summaryOf(report, inputs, seed)}\n${faults.join("\n")}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

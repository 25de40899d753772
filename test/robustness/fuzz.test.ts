import { expect, test } from "vitest";
import { faultsOf, summaryOf } from "./fuzz-report.ts";
import { fuzzServer } from "./fuzz-server.ts";

/** The same inputs in every run, so that a failure is one of the change; `npm run fuzz` takes others. */
const seed = 20_261_124;
const inputs = 600;

test(`${inputs} damaged texts: every request answers, nothing is logged, memory stays bounded`, async () => {
  const report = await fuzzServer({ seed, inputs });
  process.stderr.write(`${summaryOf(report, inputs, seed)}\n`);
  expect(faultsOf(report)).toEqual([]);
});

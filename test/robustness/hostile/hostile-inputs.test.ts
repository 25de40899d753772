import { test } from "vitest";
import { hostileInputs } from "./hostile-inputs.ts";

/** The same inputs in every run, so that a failure is one of the change; `npm run fuzz` takes others. */
const seed = 20_261_125;
const inputs = 2_000;

test.for(Object.entries(hostileInputs))(`${inputs} hostile inputs: %s`, async ([, fuzz]) => {
  await fuzz(inputs, seed);
});

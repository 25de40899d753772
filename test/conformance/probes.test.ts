import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { probeDifferences, probeInputs, probesNotCovered } from "./probe-differences.ts";
import { runProbe } from "./run-probe.ts";

/** Recorded outcomes of the original lie outside the project; TACTUS_PROBES names another place. */
const folder =
  process.env["TACTUS_PROBES"] ??
  fileURLToPath(new URL("../../../shared/conformance/probes", import.meta.url));

const outcome = z.object({ success: z.boolean().optional(), result: z.json().optional() });
const recorded = z.object({
  probes: z.record(z.string(), z.object({ ...outcome.shape, runs: z.array(outcome).optional() })),
});

const present = existsSync(folder);
if (!present) process.stderr.write(`SKIPPED: no conformance probes at ${folder}\n`);

describe.skipIf(!present)("probes of the original", () => {
  const names = present ? readdirSync(folder).filter((name) => name.endsWith(".tac")) : [];
  const text = present ? readFileSync(`${folder}/expected.json`, "utf8") : '{"probes":{}}';
  const { probes } = recorded.parse(JSON.parse(text));

  test("every difference and every gap names a probe that exists", () => {
    const listed = [
      ...Object.keys(probeDifferences),
      ...Object.keys(probesNotCovered),
      ...Object.keys(probeInputs),
    ];
    expect(names).toEqual(expect.arrayContaining(listed));
  });

  for (const name of names) {
    const gap = probesNotCovered[name];
    test.skipIf(gap !== undefined)(gap === undefined ? name : `${name}: not covered: ${gap}`, async () => {
      const given = probeInputs[name];
      const finished = await runProbe(`${folder}/${name}`, given?.input ?? {});
      const difference = probeDifferences[name];
      if (difference?.code !== undefined) {
        expect(finished.error?.code).toBe(difference.code);
        return;
      }
      const original = probes[name]?.runs?.[given?.scenario ?? 0] ?? probes[name];
      if (!difference && original?.success === false) {
        expect(finished.status).toBe("failed");
        return;
      }
      expect(finished.error).toBeUndefined();
      expect(finished.result ?? null).toEqual(difference ? difference.result : (original?.result ?? null));
    });
  }
});

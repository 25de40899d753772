import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { startDockerEngine } from "#test/support/docker-engine.ts";
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
const engine = present ? await startDockerEngine() : undefined;
if (engine && !engine.ok) process.stderr.write(`SKIPPED: probes in Docker: ${engine.error.message}\n`);
afterAll(() => (engine?.ok ? engine.value.dispose() : undefined));

const names = present ? readdirSync(folder).filter((name) => name.endsWith(".tac")) : [];
const { probes } = recorded.parse(
  present ? JSON.parse(readFileSync(`${folder}/expected.json`, "utf8")) : { probes: {} },
);

test.skipIf(!present)("every difference and every gap names a probe that exists", () => {
  const listed = [probeDifferences, probesNotCovered, probeInputs].flatMap((list) => Object.keys(list));
  expect(names).toEqual(expect.arrayContaining(listed));
});

/** Where each probe runs; the embedded isolation must not find the engine. */
const places = [
  { isolation: "embedded", available: present, environment: { DOCKER_HOST: "unix:///nonexistent.sock" } },
  {
    isolation: "docker",
    available: engine?.ok === true,
    environment: engine?.ok ? { DOCKER_HOST: engine.value.address } : {},
  },
] as const;

// A suite without tests would fail.
describe.for(present ? places : [])("probes of the original, $isolation", { concurrent: true }, (place) => {
  for (const name of names) {
    const gap = probesNotCovered[name];
    const title = gap === undefined ? name : `${name}: not covered: ${gap}`;
    test.skipIf(gap !== undefined || !place.available)(title, async () => {
      const given = probeInputs[name];
      const finished = await runProbe({ ...place, file: `${folder}/${name}`, input: given?.input ?? {} });
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

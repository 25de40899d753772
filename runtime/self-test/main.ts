import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ProbeOrder, ProbeResult } from "#protocol/self-test.ts";
import { containerProbes } from "./container-probes.ts";
import { processProbes } from "./process-probes.ts";

/** Node hands its own permissions down unless a program is given others: with all of them, the container is what is left. */
const allPermissions = ["--permission", "--allow-fs-read=*", "--allow-fs-write=*", "--allow-net"];

/**
 * Entry of `sandbox doctor --self-test`: does inside the sandbox what nobody should be able to do there, and tells what
 * came of it. Nothing of a person's is in its reach but the two canaries that it is told.
 */
const innerOrder = process.argv[2];
const bundle = fileURLToPath(import.meta.url);
if (innerOrder === undefined) await serve();
else tell(await containerProbes(JSON.parse(innerOrder), bundle));

async function serve(): Promise<void> {
  process.stdin.once("end", () => process.exit(0));
  const [line]: string[] = await once(createInterface({ input: process.stdin }), "line");
  const order: ProbeOrder = JSON.parse(line ?? "{}");
  if (order.work === "process") tell(await processProbes(order, bundle));
  else if (order.work === "container") tellOfProgram(order);
  else fillMemory();
  process.stdout.write("{}\n");
}

function tellOfProgram(order: ProbeOrder): void {
  const args = [...allPermissions, bundle, JSON.stringify(order)];
  const { stdout, stderr, error } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (error) throw error;
  process.stderr.write(stderr);
  process.stdout.write(stdout);
}

function tell(results: readonly ProbeResult[]): void {
  for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Twice of what the test allows, and then it gives up: the limit did not hold. */
function fillMemory(): void {
  const kept: Buffer[] = [];
  for (let megabytes = 0; megabytes < 600; megabytes += 8) kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
}

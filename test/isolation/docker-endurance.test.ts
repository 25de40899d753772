import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { listRuns } from "#runs/journal/run-list.ts";
import { ownerLabels } from "#sandbox/docker/owner.ts";
import { buildSandboxImage } from "#sandbox/sandbox-report.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import type { EnduranceReport } from "./endurance-host.ts";

/** Many runs out of one host process: none is lost, nothing grows, nothing is left. */

const runtimeFolder = path.resolve(import.meta.dirname, "../../dist/runtime");
const runs = { warm: 10, inARow: 100, atOnce: 50 };
/** Bytes that the host may hold beyond what it held when it was warm: 20 kB a run. */
const mayGrow = 3e6;

/** Gives back the number that it is given: a run that got another's answer is noticed. */
const counting = `Procedure {
    input = {number = field.number{required = true}},
    function(input) return input.number end
}
`;

let engine: DockerEngine;
let client: Docker;
let folder: string;

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
  folder = mkdtempSync(path.join(tmpdir(), "tactus-endurance-"));
  expect(await buildSandboxImage({ runtimeFolder, dockerHost: engine.address })).toMatchObject({ ok: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await engine.dispose();
});

/** Ids of the containers of runs that are created from now on. */
async function watchContainers(): Promise<ReadonlySet<string>> {
  const created = new Set<string>();
  const stream = await client.getEvents({ filters: { event: ["create"], label: [ownerLabels.run] } });
  createInterface({ input: stream }).on("line", (line) => created.add(JSON.parse(line).id));
  onTestFinished(() => {
    if (stream instanceof Readable) stream.destroy();
  });
  return created;
}

/** Processes of this machine that belong to one of the containers. */
function processesOf(containers: ReadonlySet<string>): string[] {
  const ids = [...containers];
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const group = readFileSync(`/proc/${name}/cgroup`, "utf8");
      return ids.some((id) => group.includes(id));
    } catch {
      // It is gone.
      return false;
    }
  });
}

/** What the engine keeps of ours. */
async function engineHolds() {
  const [containers, networks, volumes] = await Promise.all([
    client.listContainers({ all: true, filters: { label: [ownerLabels.run] } }),
    client.listNetworks(),
    client.listVolumes(),
  ]);
  return {
    containers: containers.length,
    networks: networks.length,
    volumes: (volumes.Volumes ?? []).length,
  };
}

/** Runs the host, which finds an empty home folder and one for temporary files. */
async function hostReport(workspace: string, temporary: string): Promise<EnduranceReport> {
  const file = path.join(import.meta.dirname, "endurance-host.ts");
  const counts = Object.values(runs).map(String);
  const host = spawn(process.execPath, ["--expose-gc", file, runtimeFolder, workspace, ...counts], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], DOCKER_HOST: engine.address, HOME: folder, TMPDIR: temporary },
  });
  return JSON.parse(await text(host.stdout));
}

test("100 runs in a row and 50 at once: none lost, memory flat, nothing left behind", {
  timeout: 600_000,
}, async () => {
  const workspace = path.join(folder, "workspace");
  const temporary = path.join(folder, "temporary");
  for (const place of [workspace, temporary]) mkdirSync(place);
  writeFileSync(path.join(workspace, "count.tac"), counting);
  const before = await engineHolds();
  const containers = await watchContainers();

  const { lost, pooled, holding } = await hostReport(workspace, temporary);
  expect(lost).toEqual([]);
  const all = runs.warm + runs.inARow + runs.atOnce;
  const listed = await listRuns(workspace);
  expect(listed.map(({ status }) => status)).toEqual(Array(all).fill("completed"));
  expect(pooled).toBeGreaterThan(runs.inARow / 4);
  expect(pooled).toBeLessThan(all);

  for (const later of [holding.afterRow, holding.afterBurst]) {
    expect(later).toMatchObject({ openFiles: holding.warm.openFiles, childProcesses: 0 });
    expect(later.memory).toBeLessThan(holding.warm.memory + mayGrow);
  }

  // A container for each run, and those of the pools that no run took.
  expect(containers.size).toBeGreaterThanOrEqual(all);
  expect(await engineHolds()).toEqual(before);
  expect(processesOf(containers)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(workspace).toSorted()).toEqual([".tactus", "count.tac"]);
  const claims = listed.flatMap(({ run }) => readdirSync(runFolder(workspace, run)));
  expect(claims.filter((name) => name.startsWith("owner"))).toEqual([]);
});

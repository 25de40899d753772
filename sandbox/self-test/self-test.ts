import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProbeOrder, ProbeResult } from "#protocol/self-test.ts";
import type { Isolation, IsolationUnavailable, SandboxPolicy } from "../isolation.ts";
import { defaultPolicy } from "../policy/default-policy.ts";
import { CanaryServer } from "./canary-server.ts";
import { readResults } from "./read-results.ts";

/** What an isolation held when it was tried, or why it could not be tried. */
export type SelfTest =
  | { readonly available: true; readonly results: readonly ProbeResult[] }
  | ({ readonly available: false } & IsolationUnavailable);

const mebibyte = 1024 * 1024;
const timeSeconds = 60;
const noProgramsProbed = "no answer: the probes ended early";

/**
 * Starts sandboxes as runs have them, with probes in the runtime's place, and tells what they could do. What they try
 * to reach on this machine is made for it: a server that counts who connects, and a file.
 */
export async function selfTest(isolation: Isolation): Promise<SelfTest> {
  const folder = await mkdtemp(path.join(tmpdir(), "tactus-self-test-"));
  const server = await CanaryServer.open();
  try {
    const file = path.join(folder, "canary");
    await writeFile(file, "canary", { mode: 0o600 });
    const canary = { port: server.port, file };
    const results: ProbeResult[] = [];
    for (const probe of probesOf(isolation)) {
      const told = await probe(isolation, canary);
      if (!told.available) return told;
      results.push(...told.results);
    }
    return { available: true, results: [...results, server.verdict()] };
  } finally {
    await Promise.all([server.close(), rm(folder, { recursive: true })]);
  }
}

type Probe = (isolation: Isolation, canary: ProbeOrder["canary"]) => Promise<SelfTest>;

function probesOf({ name }: Isolation): readonly Probe[] {
  return name === "docker" ? [probeProcess, probeContainer, probeMemory] : [probeProcess, probeMemory];
}

function probeProcess(isolation: Isolation, canary: ProbeOrder["canary"]): Promise<SelfTest> {
  return answers(isolation, {}, { work: "process", canary });
}

/** As a run with MCP servers has it: a program in it is held by the container alone. */
async function probeContainer(isolation: Isolation, canary: ProbeOrder["canary"]): Promise<SelfTest> {
  const told = await answers(isolation, { childProcesses: true }, { work: "container", canary });
  if (!told.available) return told;
  const results = told.results.map((result) => ({ ...result, tried: `${result.tried}, past Node` }));
  return { available: true, results };
}

async function probeMemory(isolation: Isolation, canary: ProbeOrder["canary"]): Promise<SelfTest> {
  const launched = await launch(isolation, { memoryBytes: 256 * mebibyte });
  if (!launched.ok) return { available: false, ...launched.error };
  await readResults(launched.value, { work: "memory", canary });
  const { reason } = await launched.value.exited;
  const result = {
    control: "memory",
    tried: "take twice the memory",
    held: reason === "memory",
    found: reason,
  };
  return { available: true, results: [result] };
}

async function answers(
  isolation: Isolation,
  changes: Partial<SandboxPolicy>,
  order: ProbeOrder,
): Promise<SelfTest> {
  const launched = await launch(isolation, changes);
  if (!launched.ok) return { available: false, ...launched.error };
  const results = await readResults(launched.value, order);
  await launched.value.kill();
  if (results.length > 0) return { available: true, results };
  const silence = { control: "self-test", tried: "run the probes", held: false, found: noProgramsProbed };
  return { available: true, results: [silence] };
}

function launch(isolation: Isolation, changes: Partial<SandboxPolicy>): ReturnType<Isolation["launch"]> {
  const policy = { ...defaultPolicy("self-test"), timeSeconds, ...changes, program: "self-test" as const };
  return isolation.launch(policy, AbortSignal.timeout(timeSeconds * 1000));
}

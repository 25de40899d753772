import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Json } from "#common/json.ts";
import type { SandboxPolicy, SandboxProcess } from "#sandbox/isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import type { World } from "./world.ts";

type OpenIsolation = typeof import("#sandbox/open-isolation.ts");

const runtimeFolder = path.join(import.meta.dirname, "taken-over");

/** A sandbox of the product in which the attacker has all of Node instead of a procedure. */
export interface TakenOver {
  readonly process: SandboxProcess;
  /** Runs a module that exports `attack`, and gives what it says; undefined when the sandbox ended before. */
  run(module: string, input?: Record<string, Json>): Promise<Answer | undefined>;
}

export interface Answer {
  readonly result?: Json;
  /** The code of the error that stopped it. */
  readonly refused?: string;
}

/** Starts one in the isolation of the attempt, with the product's own settings; killed with the world. */
export async function takeOver(
  world: World,
  policy: Partial<SandboxPolicy> = {},
  { dockerHost = world.engine.address } = {},
): Promise<TakenOver> {
  const { openIsolation } = await world.part<OpenIsolation>("sandbox/open-isolation.ts");
  const name = world.place === "docker" ? "docker" : "embedded";
  const isolation = await openIsolation(name, {
    runtimeFolder,
    dockerHost,
    cacheFolder: world.cacheFolder,
  });
  const demanded = { ...defaultPolicy(`attack-${world.marker.text}`), ...policy };
  const launched = await isolation.launch(demanded, new AbortController().signal);
  if (!launched.ok) throw new Error(`${launched.error.code}: ${launched.error.message}`);
  const process = launched.value;
  process.input.on("error", () => undefined);
  world.atTheEnd(() => process.kill());
  return { process, run: (source, input = {}) => ask(process, source, input) };
}

async function ask(
  process: SandboxProcess,
  source: string,
  input: Record<string, Json>,
): Promise<Answer | undefined> {
  process.input.write(`${JSON.stringify({ source, input })}\n`);
  const lines = createInterface({ input: process.output });
  const answered = once(lines, "line").then(([line]: unknown[]) => JSON.parse(String(line)) as Answer);
  return Promise.race([answered, process.exited.then(() => undefined)]);
}

/** What an attacker inside was told, in a word or two. */
export function said(answer: Answer | undefined): string {
  if (!answer) return "it was ended";
  return answer.refused ?? JSON.stringify(answer.result);
}

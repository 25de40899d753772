import { createInterface } from "node:readline";
import { isJsonObject, parseJsonSafely } from "#common/json.ts";
import type { ProbeOrder, ProbeResult } from "#protocol/self-test.ts";
import type { SandboxProcess } from "../isolation.ts";

const mostResults = 200;
const mostLetters = 500;

/** Gives the order to the probes and reads what they tell until they are done; nothing that is told is believed to fit. */
export async function readResults(sandbox: SandboxProcess, order: ProbeOrder): Promise<ProbeResult[]> {
  sandbox.input.on("error", () => undefined);
  sandbox.input.write(`${JSON.stringify(order)}\n`);
  const results: ProbeResult[] = [];
  for await (const line of createInterface({ input: sandbox.output })) {
    const result = readResult(line);
    if (result === undefined || results.length === mostResults) break;
    results.push(result);
  }
  sandbox.input.end();
  return results;
}

function readResult(line: string): ProbeResult | undefined {
  if (line.length > 4 * mostLetters) return undefined;
  const value = parsed(line);
  if (!isJsonObject(value)) return undefined;
  const { control, tried, held, found } = value;
  if (typeof control !== "string" || typeof tried !== "string" || typeof held !== "boolean") return undefined;
  return { control, tried, held, found: String(found).slice(0, mostLetters) };
}

function parsed(line: string): unknown {
  try {
    return parseJsonSafely(line);
  } catch {
    // Not ours: the end of what can be read.
    return undefined;
  }
}

import { once } from "node:events";
import { createInterface } from "node:readline";
import type { SandboxProcess } from "#sandbox/isolation.ts";

/** What a stand-in runtime says at its end. */
export interface Finished {
  readonly status: string;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Sends the start message to a stand-in and gives its last word; undefined when its output ended without one. */
export async function converse(
  sandbox: SandboxProcess,
  probe: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Finished | undefined> {
  sandbox.input.on("error", () => undefined);
  const start = { kind: "start", version: 1, nonce: "0123456789abcdef", source: probe, input };
  sandbox.input.write(`${JSON.stringify(start)}\n`);
  const lines = createInterface({ input: sandbox.output });
  for await (const line of lines) {
    if (!line.startsWith('{"kind":"finished"')) continue;
    sandbox.input.end();
    return JSON.parse(line);
  }
  return undefined;
}

/** The result of a probe, or the code of what stopped it. */
export function outcomeOf(finished: Finished | undefined): unknown {
  if (!finished) return "ended";
  return finished.error?.code ?? finished.result;
}

/** Resolves when the stand-in has answered the start: it is up and listens. */
export async function said(sandbox: SandboxProcess): Promise<string> {
  const [chunk]: unknown[] = await once(sandbox.output, "data");
  return String(chunk);
}

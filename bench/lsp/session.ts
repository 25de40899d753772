import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Contestant } from "./contestant.ts";
import type { Scenario } from "./scenarios.ts";

/** What one session with a server has to work with. */
export interface Session {
  readonly contestant: Contestant;
  readonly folder: string;
  readonly scenario: Scenario;
  /** It ends after the first diagnostics. */
  readonly isCold: boolean;
}

/** Gives a new folder to a session, and takes it away afterwards. */
export async function inNewFolder<Value>(act: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-lsp-bench-"));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

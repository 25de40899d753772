import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What the fuzzed documents find around them: a module, a sidecar, a config, a broken neighbour. */
const files: Readonly<Record<string, string>> = {
  "rules.tac": 'local M = { language = "en" }\nfunction M.check(text) return #text > 0 end\nreturn M\n',
  "broken.tac": "local x = = 1\n",
  "fuzzed.tac.yml": "sandbox:\n  network: none\n",
  ".tactus/config.yml": "default_provider: openai\n",
};

export interface Workspace {
  readonly folder: string;
  [Symbol.dispose](): void;
}

/** A folder for the server to serve, gone after use. */
export function openWorkspace(): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-robustness-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

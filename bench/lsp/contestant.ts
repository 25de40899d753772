import path from "node:path";
import type { CorpusKind } from "./corpus.ts";

/** A server that takes part, and what it is given. */
export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly corpus: CorpusKind;
  readonly languageId: string;
  readonly extension: string;
}

const root = path.resolve(import.meta.dirname, "../..");

/** Our server, on procedures and, for a fair comparison, on the very Lua text that the peers get. */
export function ourContestants(nodeOptions: readonly string[]): readonly [Contestant, Contestant] {
  const command = [
    process.execPath,
    ...nodeOptions,
    path.join(root, "dist/language-server/main.cjs"),
    "--stdio",
  ];
  const ours = { command, languageId: "tactus", extension: ".tac" };
  return [
    { ...ours, name: "ours, procedures", corpus: "tac" },
    { ...ours, name: "ours, Lua text", corpus: "lua" },
  ];
}

export function peer(name: string, command: readonly string[]): Contestant {
  return { name, command, corpus: "lua", languageId: "lua", extension: ".lua" };
}

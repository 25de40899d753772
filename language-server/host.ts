import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";

/** What the server needs from the machine that it runs on. There is one for Node and one for browsers. */
export interface LanguageHost {
  /** The text of a file; undefined when there is none, or it is no text, or too large. */
  readFile(uri: string): Promise<string | undefined>;
  /** The files of ours below a folder: `.tac`, sidecars, configs; git-ignored ones and links are left out. */
  findFiles(folder: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Names in a folder, folders with a `/` behind. */
  listFolder(uri: string): Promise<readonly string[]>;
  /** Evaluates declarations in a thread of its own, which starts when the first file needs it. */
  readonly evaluator: DeclarationEvaluator;
}

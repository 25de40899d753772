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
  /** What only a machine has; absent in a browser. */
  readonly machine?: Machine;
}

/** The surroundings of a server that runs on somebody's machine. */
export interface Machine {
  /** Whether an absolute path exists. */
  exists(path: string): boolean;
  /** The person's home folder. */
  readonly home: string;
  /** Value of an environment variable. */
  variable(name: string): string | undefined;
  /** Where the machine's and the person's own configs are, as URIs, the weakest first. */
  readonly ownConfigs: readonly string[];
}

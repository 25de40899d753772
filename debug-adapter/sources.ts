import path from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** Translates between the files of a run, relative to its workspace, and those of a client. */
export class Sources {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * A file that a run names, for the client. Journals may come from anybody, so only `.tac` files inside the workspace
   * are named: a client opens what it is told.
   */
  source(file: string): DebugProtocol.Source | undefined {
    const absolute = path.resolve(this.#root, file);
    if (this.file(absolute) === undefined) return undefined;
    return { name: path.basename(absolute), path: absolute };
  }

  /** A path of the client as runs name it; undefined outside the workspace. */
  file(clientPath: string): string | undefined {
    const relative = path.relative(this.#root, clientPath);
    const outside = relative === "" || relative.split(path.sep)[0] === ".." || path.isAbsolute(relative);
    if (outside || !relative.endsWith(".tac")) return undefined;
    return relative.split(path.sep).join("/");
  }
}

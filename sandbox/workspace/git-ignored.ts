import ignore, { type Ignore } from "ignore";
import type { ConfinedFolder } from "./confined-folder.ts";
import { type FileKind, maximumFileBytes } from "./workspace.ts";

/** Tells which files of a folder git ignores, by the `.gitignore` files in it (rules outside the folder are not read). */
export class GitIgnored {
  readonly #folder: ConfinedFolder;
  readonly #rules = new Map<string, Promise<Ignore>>();

  constructor(folder: ConfinedFolder) {
    this.#folder = folder;
  }

  /** An ignored folder ignores all that is in it; otherwise the rules nearest to the file win, as in git. */
  async covers(relative: string, kind: FileKind): Promise<boolean> {
    const names = relative === "" ? [] : relative.split("/");
    for (let count = 1; count <= names.length; count++) {
      const isFolder = count < names.length || kind === "folder";
      if (await this.#coversOne(names.slice(0, count), isFolder)) return true;
    }
    return false;
  }

  async #coversOne(names: readonly string[], isFolder: boolean): Promise<boolean> {
    let ignored = false;
    for (let depth = 0; depth < names.length; depth++) {
      const rules = await this.#rulesOf(names.slice(0, depth).join("/"));
      const verdict = rules.test(names.slice(depth).join("/") + (isFolder ? "/" : ""));
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  }

  #rulesOf(folder: string): Promise<Ignore> {
    const known = this.#rules.get(folder) ?? this.#read(folder);
    this.#rules.set(folder, known);
    return known;
  }

  async #read(folder: string): Promise<Ignore> {
    const file = folder === "" ? ".gitignore" : `${folder}/.gitignore`;
    const rules = await this.#folder.read(file, () => undefined, { offset: 0, length: maximumFileBytes });
    return ignore().add(rules.ok ? rules.value.bytes.toString() : []);
  }
}

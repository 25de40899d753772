import ignore, { type Ignore } from "ignore";
import type { ConfinedFolder } from "./confined-folder.ts";
import { type OuterRules, outerRules } from "./outer-ignore-rules.ts";
import { type FileKind, maximumFileBytes } from "./workspace.ts";

/**
 * Tells which files of a folder git ignores: by the `.gitignore` files in it, and by the rules around it that count
 * for it (of the repository that holds it, of the person). Git itself is never run.
 */
export class GitIgnored {
  readonly #folder: ConfinedFolder;
  readonly #root: string;
  /** Read when the first file is looked at: many runs look at none. */
  #outer: Promise<readonly OuterRules[]> | undefined;
  readonly #rules = new Map<string, Promise<Ignore>>();

  constructor(folder: ConfinedFolder, root: string) {
    this.#folder = folder;
    this.#root = root;
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
    const ending = isFolder ? "/" : "";
    this.#outer ??= outerRules(this.#root);
    for (const { rules, prefix } of await this.#outer) {
      ignored = afterRules(ignored, rules, [...prefix, ...names].join("/") + ending);
    }
    for (let depth = 0; depth < names.length; depth++) {
      const rules = await this.#rulesOf(names.slice(0, depth).join("/"));
      ignored = afterRules(ignored, rules, names.slice(depth).join("/") + ending);
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

/** The last rule that says something wins. */
function afterRules(ignored: boolean, rules: Ignore, path: string): boolean {
  const verdict = rules.test(path);
  return verdict.ignored || (ignored && !verdict.unignored);
}

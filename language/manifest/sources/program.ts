import { standardModules } from "#vocabulary/modules.ts";
import { GlobalUses } from "./global-uses.ts";
import { isWholeTree } from "./is-whole-tree.ts";
import type { Placed, SourceFile } from "./placed.ts";
import type { SourceLookup } from "./source-lookup.ts";
import { firstText, includedPath, moduleName, toolFileModule, toolSources } from "./taken-files.ts";
import { type CallOfValue, usesOf, type ValueUse } from "./value-uses.ts";

/** Code that only a run can know, and why. */
interface UnseenCode {
  readonly place: Placed;
  /** Follows "since ". */
  readonly reason: string;
}

/** A module of the standard library, where it is required. */
interface UsedLibrary {
  readonly name: string;
  readonly call: CallOfValue;
}

/** A file that is required, where that stands. */
interface RequiredFile {
  readonly call: CallOfValue;
  readonly file: SourceFile;
}

/** What runs in one Lua state: a file, and the modules that it takes in. */
export interface Program {
  readonly root: SourceFile;
  readonly files: readonly SourceFile[];
  readonly globals: GlobalUses;
  readonly libraries: readonly UsedLibrary[];
  readonly required: readonly RequiredFile[];
  /** Files with tasks that it takes in, by their paths. */
  readonly included: ReadonlyArray<{ readonly place: Placed; readonly path: string }>;
  readonly unseen: readonly UnseenCode[];
  /** Files that it runs in states of their own. */
  readonly runs: readonly SourceFile[];
}

/** Gathers the files of a program: what they require, include, or take tools from. */
export function gatherProgram(root: SourceFile, lookup: SourceLookup): Program {
  const files = [root];
  for (;;) {
    const reader = new SourceReader(files, lookup);
    const { taken, ...program } = reader.read();
    if (taken.length === 0) return program;
    files.push(...taken);
  }
}

/** The uses of a global in a program. */
export function usesOfGlobal(name: string, globals: GlobalUses): readonly ValueUse[] {
  return globals.reads(name).flatMap((read) => usesOf(read, globals));
}

/** Looks at the files that are known so far. */
class SourceReader {
  readonly #files: readonly SourceFile[];
  readonly #root: SourceFile;
  readonly #lookup: SourceLookup;
  readonly #globals: GlobalUses;
  readonly #libraries: UsedLibrary[] = [];
  readonly #requiredFiles: RequiredFile[] = [];
  readonly #includedPaths: Array<Program["included"][number]> = [];
  readonly #unseen: UnseenCode[] = [];
  readonly #runs = new Set<SourceFile>();
  readonly #taken = new Set<SourceFile>();

  constructor(files: readonly [SourceFile, ...SourceFile[]] | SourceFile[], lookup: SourceLookup) {
    const [root] = files;
    if (!root) throw new Error("A program starts with a file.");
    this.#root = root;
    this.#files = [...files];
    this.#lookup = lookup;
    this.#globals = new GlobalUses(files);
  }

  /** `taken`: further files of the same Lua state. */
  read(): Program & { readonly taken: readonly SourceFile[] } {
    for (const place of this.#globals.unseen)
      this.#hide(place, "the table of all globals is used as a whole");
    for (const source of this.#files) this.#wholeTree(source);
    for (const use of usesOfGlobal("require", this.#globals)) this.#required(use);
    for (const use of usesOfGlobal("IncludeTasks", this.#globals)) this.#included(use);
    for (const use of usesOfGlobal("Procedure", this.#globals)) this.#procedure(use);
    for (const word of ["Tool", "Toolset"] as const)
      for (const use of usesOfGlobal(word, this.#globals)) this.#toolFile(word, use);
    return {
      root: this.#root,
      files: this.#files,
      globals: this.#globals,
      libraries: this.#libraries,
      required: this.#requiredFiles,
      included: this.#includedPaths,
      unseen: this.#unseen,
      runs: [...this.#runs],
      taken: [...this.#taken],
    };
  }

  #hide(place: Placed, reason: string): void {
    this.#unseen.push({ place, reason });
  }

  #take(file: SourceFile | undefined): void {
    if (file && !this.#files.includes(file)) this.#taken.add(file);
  }

  #wholeTree(source: SourceFile): void {
    const model = source.file.models[0];
    if (!model || isWholeTree(source.file)) return;
    this.#hide({ source, model, node: model.top.node }, "an expression has more parts than are read here");
  }

  #required(use: ValueUse): void {
    const name = firstText(use);
    if (name === undefined) {
      this.#hide(use.place, "`require` gets a name that only a run can know");
      return;
    }
    const module = moduleName(name);
    const file = module.startsWith("tactus.") ? undefined : this.#lookup.module(this.#root, module);
    this.#take(file);
    if (use.kind === "escape") return;
    if (file) this.#requiredFiles.push({ call: use, file });
    else this.#library(module, use);
  }

  /** Older files know some modules without their prefix. */
  #library(module: string, call: CallOfValue): void {
    const known = standardModules.find(({ name }) => name === module || name === `tactus.${module}`);
    if (known) this.#libraries.push({ name: known.name, call });
  }

  #included(use: ValueUse): void {
    const path = includedPath(use);
    if (path === undefined) {
      this.#hide(use.place, "`IncludeTasks` gets a path that only a run can know");
      return;
    }
    this.#includedPaths.push({ place: use.place, path });
    this.#take(this.#lookup.beside(use.place.source, path));
  }

  #procedure(use: ValueUse): void {
    const [member] = use.path;
    const isPlain = member === undefined && use.kind === "call";
    if (isPlain || (member !== undefined && member !== "run" && member !== "spawn")) return;
    const name = firstText(use);
    const file = name === undefined ? undefined : this.#lookup.program(use.place.source, name);
    if (name === undefined) this.#hide(use.place, "it runs a procedure that only a run can know");
    if (file) this.#runs.add(file);
  }

  #toolFile(word: "Tool" | "Toolset", use: ValueUse): void {
    for (const source of toolSources(word, use, this.#globals)) {
      if (source.kind === "dynamic") this.#hide(use.place, "tools come from where only a run can know");
      const module = source.kind === "text" ? toolFileModule(source.text) : undefined;
      if (module !== undefined) this.#take(this.#lookup.module(this.#root, module));
    }
  }
}

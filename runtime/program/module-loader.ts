import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import type { RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

export interface ModuleSources {
  /** Sent with the start. */
  readonly known: StartMessage["modules"];
  /** The file that requires, when it is not the one that was started. */
  readonly from: string | undefined;
  readonly ports: Pick<RuntimePorts, "request">;
  /** Makes the value of a module of the standard library; undefined when it has no module of this name. */
  readonly library: (name: string) => LuaTable | undefined;
  readonly libraryNames: readonly string[];
  /** A file was compiled and is about to be executed. */
  readonly loaded: (file: string, chunk: LuaFunction) => void;
  /** Stands around the execution of each file. */
  readonly whileExecuting: <Value>(file: string, execute: () => Value) => Value;
}

const libraryPrefix = "tactus.";

/**
 * `require`: modules of the standard library, then files of the workspace. Each runs once; the second value is its
 * path. Names of the standard library can't be taken by a file.
 */
export class ModuleLoader {
  readonly #vm: Vm;
  readonly #sources: ModuleSources;
  readonly #loaded = new Map<string, { readonly value: LuaValue; readonly path: string }>();
  readonly #loading: string[] = [];
  /** Chunk names in use: the paths of the files that were loaded. */
  readonly chunks: string[] = [];

  constructor(vm: Vm, sources: ModuleSources) {
    this.#vm = vm;
    this.#sources = sources;
  }

  /** The function `require`. */
  primitive(): LuaFunction {
    return this.#vm.function("require", (args) => this.#require(args.text(1)));
  }

  #require(given: string): readonly LuaValue[] {
    const name = given.replace(/\.tac$/, "").replaceAll("/", ".");
    const loaded = this.#loaded.get(name) ?? this.#load(name);
    this.#loaded.set(name, loaded);
    return [loaded.value, loaded.path];
  }

  #load(name: string): { value: LuaValue; path: string } {
    if (name.startsWith(libraryPrefix)) return this.#loadLibrary(name);
    if (this.#loading.includes(name)) {
      const cycle = [...this.#loading, name].join(" → ");
      throw new ProcedureFailure("module-not-found", `require goes in a circle: ${cycle}.`);
    }
    const module = this.#find(name);
    if (!module) return this.#loadOlderName(name);
    this.#loading.push(name);
    try {
      return { value: this.#run(name, module), path: module.file };
    } finally {
      this.#loading.pop();
    }
  }

  #loadLibrary(name: string): { value: LuaValue; path: string } {
    const value = this.#sources.library(name);
    if (value) return { value, path: `${name.replaceAll(".", "/")}.tac` };
    const known = this.#sources.libraryNames.join(", ");
    throw new ProcedureFailure(
      "module-not-found",
      `Module '${name}' is not in the standard library of this version. Available are: ${known}.`,
    );
  }

  /** A module of the library that older files know without its prefix; a file of that name goes before it. */
  #loadOlderName(name: string): { value: LuaValue; path: string } {
    if (this.#sources.libraryNames.includes(name)) return this.#loadLibrary(name);
    const path = name.replaceAll(".", "/");
    throw new ProcedureFailure(
      "module-not-found",
      `Module '${name}' not found: there is no ${path}.tac and no ${path}/init.tac in the folder of the procedure.`,
    );
  }

  #find(name: string): { file: string; source: string } | undefined {
    const { known, from, ports } = this.#sources;
    if (Object.hasOwn(known, name)) return known[name];
    return (
      ports.request("module.read", { name, ...(from === undefined ? {} : { from }) }).module ?? undefined
    );
  }

  #run(name: string, { file, source }: { file: string; source: string }): LuaValue {
    this.chunks.push(file);
    const chunk = this.#vm.engine.load(source, file);
    this.#sources.loaded(file, chunk);
    const [value] = this.#sources.whileExecuting(file, () => chunk.call(name, file));
    if (typeof value === "object" && value.kind !== "json") value.retain();
    return value ?? true;
  }
}

import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { RuntimePorts } from "../../ports.ts";
import type { Arguments } from "../../vm/arguments.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import type { Vm } from "../../vm/vm.ts";
import { insidePath } from "../../workspace/inside-path.ts";
import type { FolderEntry, WorkspaceFiles } from "../../workspace/workspace-files.ts";
import { ioModule } from "./io-module.ts";

/** Entries that one search looks at. */
const maximumEntries = 10_000;
const maximumDepth = 32;
const patternSigns = /[*?[\]{}()!+@]/;

/** `tactus.io.fs`: lists of paths. */
export const foldersModule = ioModule("fs", (files, { ports, vm }) => ({
  list_dir: (args) => pathList(vm, chosen(files.list(args.text(1)), optionsOf(args))),
  glob: (args) => pathList(vm, glob(files, ports, args)),
}));

interface ListOptions {
  readonly kind: "files" | "folders" | "both";
  readonly sort: boolean;
  readonly recursive: boolean;
}

function optionsOf(args: Arguments): ListOptions {
  const table = args.optionalTable(2);
  const flag = (name: string, preset: boolean): boolean => {
    const value = table?.get(name);
    return typeof value === "boolean" ? value : preset;
  };
  const kind = flag("dirs_only", false) ? "folders" : flag("files_only", true) ? "files" : "both";
  return { kind, sort: flag("sort", true), recursive: flag("recursive", false) };
}

function chosen(entries: readonly FolderEntry[], { kind, sort }: ListOptions): readonly string[] {
  const paths = entries
    .filter(({ directory }) => kind === "both" || directory === (kind === "folders"))
    .map(({ path }) => path);
  return sort ? paths.toSorted() : paths;
}

/** Without `recursive`, `**` means no more than `*`. */
function glob(
  files: WorkspaceFiles,
  ports: Pick<RuntimePorts, "convert">,
  args: Arguments,
): readonly string[] {
  const options = optionsOf(args);
  const given = insidePath(args.text(1));
  const pattern = options.recursive ? given : given.replaceAll("**", "*");
  const segments = pattern.split("/");
  const firstSign = segments.findIndex((segment) => patternSigns.test(segment));
  const base = segments.slice(0, firstSign === -1 ? -1 : firstSign).join("/");
  const depth = options.recursive
    ? maximumDepth
    : segments.length - (base === "" ? 0 : base.split("/").length);
  const paths = chosen(entriesBelow(files, base, depth), options);
  const converted = ports.convert({ operation: "glob.filter", options: { pattern, paths } });
  const fitting = converted.kind === "value" ? converted.value : [];
  return Array.isArray(fitting) ? fitting.map(String) : [];
}

/** All entries below a folder, level by level; nothing when there is no such folder. */
function entriesBelow(files: WorkspaceFiles, base: string, depth: number): readonly FolderEntry[] {
  const found: FolderEntry[] = [];
  let level = [base];
  for (let left = depth; left > 0 && level.length > 0; left--) {
    const entries = level.flatMap((folder) => listed(files, folder));
    found.push(...entries);
    if (found.length > maximumEntries) {
      throw new ProcedureFailure("file-denied", `A search may look at ${maximumEntries} files at most.`);
    }
    level = entries.filter(({ directory }) => directory).map(({ path }) => path);
  }
  return found;
}

function listed(files: WorkspaceFiles, folder: string): readonly FolderEntry[] {
  try {
    return files.list(folder);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "file-not-found") return [];
    throw thrown;
  }
}

function pathList(vm: Vm, paths: readonly string[]): LuaValue {
  const list: LuaTable = vm.engine.createTable();
  for (const [index, path] of paths.entries()) list.set(index + 1, path);
  return list;
}

import { workspacePath } from "#common/workspace-path.ts";
import type { KnownProcedures } from "#language/manifest/manifest.ts";
import type { SourceFile } from "./placed.ts";

/** How many folders above a file a program is looked for in. */
const mostParents = 6;

/**
 * Finds the files that a procedure names, by the rules by which a run finds them (`sandbox/workspace`), among those of
 * a project.
 */
export class SourceLookup {
  readonly #project: KnownProcedures;
  readonly #uris: ReadonlyMap<string, string>;
  readonly #files = new Map<string, SourceFile>();

  constructor(project: KnownProcedures, describe: (uri: string) => string) {
    this.#project = project;
    this.#uris = new Map([...project.procedureUris()].map((uri) => [describe(uri), uri]));
  }

  /** A file by its name in reports. */
  file(name: string): SourceFile | undefined {
    const known = this.#files.get(name);
    const uri = known ? undefined : this.#uris.get(name);
    const file = uri === undefined ? undefined : this.#project.procedure(uri);
    if (!file) return known;
    const source = { name, file };
    this.#files.set(name, source);
    return source;
  }

  /** A module, by dots, beside the file that a program starts with. */
  module(root: SourceFile, name: string): SourceFile | undefined {
    const path = workspacePath(folderOf(root.name), name.replaceAll(".", "/"));
    return path === undefined ? undefined : (this.file(`${path}.tac`) ?? this.file(`${path}/init.tac`));
  }

  /** A file by its path, seen from another one. */
  beside(source: SourceFile, path: string): SourceFile | undefined {
    const name = workspacePath(folderOf(source.name), path);
    return name === undefined ? undefined : this.file(name);
  }

  /** What `Procedure.run` names: in the workspace, beside the caller, in the folders above it, in `examples`. */
  program(caller: SourceFile, name: string): SourceFile | undefined {
    const fileName = name.endsWith(".tac") ? name : `${name}.tac`;
    const folders = ["", ...foldersAbove(caller.name), "examples"];
    const paths = folders.flatMap((folder) => workspacePath(folder, fileName) ?? []);
    // The workspace's own name may stand before it, which only the run knows.
    const inside = fileName.slice(fileName.indexOf("/") + 1);
    for (const path of [...paths, inside]) {
      const found = this.file(path);
      if (found) return found;
    }
    return undefined;
  }
}

/** The folder of a file, without a slash at its end; empty for the workspace itself. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(file); folder !== "" && folders.length < mostParents; folder = folderOf(folder))
    folders.push(folder);
  return folders;
}

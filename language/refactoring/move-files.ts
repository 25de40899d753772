import { moduleCandidates, moduleNameFor } from "#language/project/modules.ts";
import type { Project } from "#language/project/project.ts";
import type { TextChange } from "#language/refactoring/refactoring.ts";
import { pathReferences } from "#language/semantics/path-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";

/** A file or a folder that gets another place; URIs without a `/` at the end. */
export interface FileMove {
  readonly oldUri: string;
  readonly newUri: string;
}

/** What must change in the text of a file so that its `require` calls and paths lead where they led before the moves. */
export function moveEdits(project: Project, file: ProcedureFile, moves: readonly FileMove[]): TextChange[] {
  const edits: TextChange[] = [];
  for (const { name, model, text } of requiredModules(file)) {
    const renamed = movedModule(project, file.uri, name, moves);
    if (renamed === undefined || renamed === name) continue;
    const { start, end } = text.content;
    edits.push({ start: model.offset + start, end: model.offset + end, text: renamed });
  }
  for (const model of file.models)
    for (const { path, span } of pathReferences(file, model)) {
      const renamed = movedPath(file.uri, path, moves);
      if (renamed === undefined || renamed === path) continue;
      edits.push({ start: model.offset + span.start, end: model.offset + span.end, text: renamed });
    }
  return edits;
}

/** Where a file lies after the moves. */
export function movedUri(uri: string, moves: readonly FileMove[]): string {
  for (const { oldUri, newUri } of moves) {
    if (uri === oldUri) return newUri;
    if (uri.startsWith(`${oldUri}/`)) return newUri + uri.slice(oldUri.length);
  }
  return uri;
}

/** The new name of a module; undefined when none leads there, or when it is no file of the project. */
function movedModule(
  project: Project,
  from: string,
  name: string,
  moves: readonly FileMove[],
): string | undefined {
  const target = project.module(from, name);
  if (target.kind !== "file") return undefined;
  const base = baseOf(from, name, target.uri);
  const isBeside = base === folderOf(from);
  const movedBase = isBeside ? folderOf(movedUri(from, moves)) : movedUri(base, moves);
  return moduleNameFor(`${movedBase}/main.tac`, movedUri(target.uri, moves), name);
}

/** The folder in which a module was looked for: that of the file, or one above it. */
function baseOf(from: string, name: string, target: string): string {
  let folder = folderOf(from);
  while (folder.includes("/") && !moduleCandidates(`${folder}/main.tac`, name).includes(target))
    folder = folderOf(folder);
  return folder;
}

/** The new path from a file to what it named; undefined when no path inside of its folder leads there. */
function movedPath(from: string, path: string, moves: readonly FileMove[]): string | undefined {
  const [, dot = "", plain = ""] = /^(\.\/)?(.*?)\/?$/.exec(path) ?? [];
  const isRelative = plain !== "" && !/^\/|\\|(?:^|\/)\.\.(?:\/|$)/.test(plain) && plain.isWellFormed();
  if (!isRelative) return undefined;
  const target = `${folderOf(from)}/${plain.split("/").map(encodeURIComponent).join("/")}`;
  const folder = folderOf(movedUri(from, moves));
  const moved = movedUri(target, moves);
  if (!moved.startsWith(`${folder}/`)) return undefined;
  const end = path.endsWith("/") ? "/" : "";
  return `${dot}${decodeURIComponent(moved.slice(folder.length + 1))}${end}`;
}

function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf("/")));
}

import type { Result } from "#common/result.ts";

/** Why a file can't be had. The text goes into the sandbox: it names no path of the host. */
export interface FileRefusal {
  readonly code: "file-denied" | "file-not-found";
  readonly message: string;
}

/** One file that a run changed on a copied workspace. */
export interface FileChange {
  readonly path: string;
  readonly kind: "created" | "modified" | "deleted";
  readonly bytes: number;
}

export type FileKind = "file" | "folder";

export interface FileEntry {
  readonly name: string;
  readonly directory: boolean;
}

type Answer<Value> = Promise<Result<Value, FileRefusal>>;

/** The files of one run. Paths are relative to the workspace root, with forward slashes. */
export interface RunWorkspace {
  read(params: { readonly path: string }): Answer<{ text: string }>;
  write(params: { readonly path: string; readonly text: string }): Answer<{ bytes: number }>;
  /** Only a regular file exists; everything that may not be read does not. */
  status(params: { readonly path: string }): Answer<{ exists: boolean; bytes: number }>;
  list(params: { readonly path: string }): Answer<{ entries: FileEntry[] }>;
  /** Source of the module that `require` names, looked for beside the procedure; null when there is none. */
  module(params: { readonly name: string }): Answer<{ module: { file: string; source: string } | null }>;
  /** What the run changed, when its changes are kept apart from the folder; else nothing. */
  changes(): Promise<readonly FileChange[]>;
}

export type WorkspaceMode = "mount" | "copy" | "none";

/** Most bytes of one file that is read or written: the text must fit into a frame. */
export const maximumFileBytes: number = 2 * 1024 * 1024;

/** A refusal with the reason. */
export function denied(path: string, reason: string): { ok: false; error: FileRefusal } {
  return { ok: false, error: { code: "file-denied", message: `${quoted(path)} is refused: ${reason}` } };
}

/** A refusal of what is not there. */
export function notFound(path: string): { ok: false; error: FileRefusal } {
  return { ok: false, error: { code: "file-not-found", message: `File not found: ${quoted(path)}` } };
}

/** A path as text that is safe to show: plain when it is plain, else with escapes. */
function quoted(path: string): string {
  const short = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  return /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(short) ? short : JSON.stringify(short);
}

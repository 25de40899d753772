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
  /** Some bytes from `offset` on, as base64, and the size of the file. */
  readBytes(params: {
    readonly path: string;
    readonly offset: number;
  }): Answer<{ base64: string; size: number }>;
  /** One piece of a new content of `size` bytes; pieces come in order, and the last one writes the file. */
  writeBytes(params: {
    readonly path: string;
    readonly offset: number;
    readonly base64: string;
    readonly size: number;
  }): Answer<{ bytes: number }>;
  /** Only a regular file exists; everything that may not be read does not. */
  status(params: { readonly path: string }): Answer<{ exists: boolean; bytes: number }>;
  list(params: { readonly path: string }): Answer<{ entries: FileEntry[] }>;
  /** Source of the module that `require` names, looked for beside `from` (the procedure unless said); null when there is none. */
  module(params: {
    readonly name: string;
    readonly from?: string | undefined;
  }): Answer<{ module: { file: string; source: string } | null }>;
  /** The file that `Procedure.run` names in the file `from`; null when there is none. */
  program(params: {
    readonly name: string;
    readonly from: string;
  }): Answer<{ program: { file: string; source: string } | null }>;
  /** What the run changed, when its changes are kept apart from the folder; else nothing. */
  changes(): Promise<readonly FileChange[]>;
}

export type WorkspaceMode = "mount" | "copy" | "none";

/** Most bytes of a file that is read or written as one text, and of one piece of a larger one: it must fit into a frame. */
export const maximumFileBytes: number = 2 * 1024 * 1024;

/** Most bytes of a file that is read or written piece by piece. */
export const maximumWholeBytes: number = 32 * 1024 * 1024;

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

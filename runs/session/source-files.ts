import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { errorCode, errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type FileTree, isRegular } from "#sandbox/workspace/file-tree.ts";

/** Largest `.tac` file or module in bytes: all sources of a run travel in one frame. */
export const maximumSourceBytes = 1024 * 1024;

/** Why a file could not be read. `missing` is often no error. */
export interface FileProblem {
  readonly kind: "missing" | "unreadable";
  readonly message: string;
}

/**
 * Reads a plain text file. Folders, devices, pipes and files over the limit are refused; so are links unless
 * `followLinks` says that the person named the file. Text that is not UTF-8 is refused, since it would run as
 * something else than what was read.
 */
export async function readTextFile(
  file: string,
  options: { readonly maximumBytes: number; readonly followLinks?: boolean },
): Promise<Result<string, FileProblem>> {
  const noFollow = options.followLinks ? 0 : constants.O_NOFOLLOW;
  try {
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | noFollow);
    const stat = await handle.stat();
    if (!stat.isFile()) return unreadable(`${file} is not a file.`);
    if (stat.size > options.maximumBytes) {
      return unreadable(`${file} is larger than ${Math.floor(options.maximumBytes / 1024)} KiB.`);
    }
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(await handle.readFile()));
  } catch (error) {
    return fail(describeFailure(file, error));
  }
}

/** Reads a text file by its absolute path. */
export type ReadTextFile = typeof readTextFile;

/** The same for files that are not on the disk: what would lie below the root is read from the tree. */
export function textFilesOf(tree: FileTree, workspaceRoot: string): ReadTextFile {
  return async (file, { maximumBytes }) => {
    const relative = path.relative(workspaceRoot, file).split(path.sep).join("/");
    const found = await tree.find(relative);
    if (!found.ok) return unreadable(found.error.message);
    if (!found.value) return fail({ kind: "missing", message: `${relative} is not in ${tree.name}.` });
    if (!isRegular(found.value)) return unreadable(`${relative} is not a file (a link is not followed).`);
    const content = await tree.read(found.value, maximumBytes);
    if (!content.ok) return unreadable(`${relative} can't be read: ${content.error.message}`);
    try {
      return ok(new TextDecoder("utf-8", { fatal: true }).decode(content.value));
    } catch (error) {
      return fail(describeFailure(relative, error));
    }
  };
}

/** Hash of a text, hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function unreadable(message: string): Result<never, FileProblem> {
  return fail({ kind: "unreadable", message });
}

function describeFailure(file: string, error: unknown): FileProblem {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing", message: `${file} does not exist.` };
  if (code === "ELOOP") return { kind: "unreadable", message: `${file} is a link, which is not followed.` };
  if (code === "EACCES") return { kind: "unreadable", message: `${file} may not be read by this user.` };
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return { kind: "unreadable", message: `${file} is not UTF-8 text.` };
  }
  return { kind: "unreadable", message: `${file} can't be read: ${errorText(error)}.` };
}

import { homedir } from "node:os";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import { maximumConfigBytes } from "#language/sidecar/config-path.ts";
import {
  type FileProblem,
  type ReadTextFile,
  readTextFile,
  textFilesOf,
} from "#runs/session/source-files.ts";
import type { FileTree } from "#sandbox/workspace/file-tree.ts";

/** A config file that exists, from the lowest layer to the highest. */
export interface ConfigFileText {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** The person's own (system, user); false for everything that lies in a folder. */
  readonly trusted: boolean;
  readonly kind: ConfigKind;
}

interface Candidate {
  readonly file: string;
  readonly trusted: boolean;
}

/** Reads every config file that counts for a procedure. One that exists and can't be read is a failure: never skipped. */
export async function readConfigFiles(place: {
  readonly workspaceRoot: string;
  readonly file: string;
  /** What the folder's files are read from when that is not the disk; the person's own files are theirs all the same. */
  readonly tree?: FileTree | undefined;
}): Promise<Result<readonly ConfigFileText[], FileProblem>> {
  const { workspaceRoot, file, tree } = place;
  const found = await readFolderConfigs({ workspaceRoot, folder: path.dirname(file), tree });
  if (!found.ok) return found;
  const sidecar = await readSidecar(file, tree ? textFilesOf(tree, workspaceRoot) : readTextFile);
  if (!sidecar.ok) return sidecar;
  return ok(sidecar.value ? [...found.value, sidecar.value] : found.value);
}

/** Reads every config file that counts for whatever runs in a folder. */
export async function readFolderConfigs(place: {
  readonly workspaceRoot: string;
  readonly folder: string;
  readonly tree?: FileTree | undefined;
}): Promise<Result<readonly ConfigFileText[], FileProblem>> {
  const found: ConfigFileText[] = [];
  const readFolderFile = place.tree ? textFilesOf(place.tree, place.workspaceRoot) : readTextFile;
  const candidates = [...personalFiles(process.env), ...folderFiles(place)];
  for (const { file, trusted } of withoutRepeats(candidates)) {
    const readFile = trusted ? readTextFile : readFolderFile;
    const read = await readFile(file, { maximumBytes: maximumConfigBytes, followLinks: trusted });
    if (read.ok) found.push({ file, text: read.value, trusted, kind: "config" });
    else if (read.error.kind === "unreadable") return fail(read.error);
  }
  return ok(found);
}

/** `a.tac.yml`, else `a.yml`; only one is used. */
async function readSidecar(
  procedure: string,
  readFile: ReadTextFile,
): Promise<Result<ConfigFileText | undefined, FileProblem>> {
  for (const file of [`${procedure}.yml`, procedure.replace(/\.tac$/, ".yml")]) {
    if (file === procedure) continue;
    const read = await readFile(file, { maximumBytes: maximumConfigBytes });
    if (read.ok) return ok({ file, text: read.value, trusted: false, kind: "sidecar" });
    if (read.error.kind === "unreadable") return read;
  }
  return ok(undefined);
}

function personalFiles(environment: NodeJS.ProcessEnv): Candidate[] {
  const home = environment["HOME"] ?? environment["USERPROFILE"] ?? homedir();
  const system =
    process.platform === "win32"
      ? [path.join(environment["PROGRAMDATA"] ?? "C:\\ProgramData", "tactus")]
      : ["/etc/tactus", "/usr/local/etc/tactus"];
  const configHome = environment["XDG_CONFIG_HOME"] || path.join(home, ".config");
  return [...system, path.join(configHome, "tactus"), path.join(home, ".tactus")].map((folder) => ({
    file: path.join(folder, "config.yml"),
    trusted: true,
  }));
}

/** Project, then every folder down to the last one. The walk never leaves the workspace root. */
function folderFiles({
  workspaceRoot,
  folder: last,
}: {
  readonly workspaceRoot: string;
  readonly folder: string;
}): Candidate[] {
  const steps = path.relative(workspaceRoot, last).split(path.sep).filter(Boolean);
  const folders = [
    workspaceRoot,
    ...steps.map((_, index) => path.join(workspaceRoot, ...steps.slice(0, index + 1))),
  ];
  return folders.map((folder) => ({ file: path.join(folder, ".tactus", "config.yml"), trusted: false }));
}

/** In the home folder the person's config is also the project's: it is read once, as the person's. */
function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(
    ({ file }, index) => candidates.findIndex((other) => other.file === file) === index,
  );
}

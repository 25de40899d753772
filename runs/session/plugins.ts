import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { Demand } from "#language/sidecar/layers.ts";
import type { PathDemand } from "#language/sidecar/resolved-config.ts";
import type { PluginSource } from "#protocol/wire/plugins.ts";
import { hostPathOf } from "#runs/session/config-start.ts";
import { relativePath } from "#runs/session/modules.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { readTextFile } from "#runs/session/source-files.ts";

/** The Python plugins of a run: texts, since what was reviewed is what runs. */
export interface Plugins {
  readonly sources: readonly PluginSource[];
  /** What a folder asked for, a grant gave, and nobody may have. */
  readonly refused: readonly Demand[];
}

const maximumFileBytes = 256 * 1024;
/** All sources of a run travel in one frame. */
const maximumBytes = 1024 * 1024;
const maximumFiles = 100;

/** One file that `tool_paths` means. */
interface PluginFile {
  readonly hostPath: string;
  readonly givesTools: boolean;
  readonly demand: PathDemand;
}

/**
 * Reads what `tool_paths` names: files, and the Python files directly in folders; those whose name begins with `_` give
 * no tools but can be imported. A path that leads nowhere is told with the file and line that name it. What a folder's
 * own config names outside the workspace is refused, also with a grant.
 */
export async function readPlugins(
  toolPaths: readonly PathDemand[],
  workspaceRoot: string,
): Promise<Result<Plugins, StartProblem>> {
  const files = new Map<string, PluginFile>();
  const refused: Demand[] = [];
  for (const demand of toolPaths) {
    const { text, file, line, trusted } = demand;
    const hostPath = hostPathOf(text, path.resolve(workspaceRoot, file));
    if (!trusted && !(await isWithin(hostPath, workspaceRoot))) {
      refused.push({ capability: "tool.plugin", target: text, origin: { file, line } });
      continue;
    }
    const found = await filesAt(hostPath, demand);
    if (!found.ok) return found;
    for (const each of found.value) files.set(each.hostPath, each);
  }
  const sources = await readSources([...files.values()], workspaceRoot);
  return sources.ok ? ok({ sources: sources.value, refused }) : sources;
}

/** Links are followed for the comparison; what does not exist is told later, where it is looked for. */
async function isWithin(hostPath: string, workspaceRoot: string): Promise<boolean> {
  const [place, root] = await Promise.all([real(hostPath), real(workspaceRoot)]);
  const relative = path.relative(root, place);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function real(place: string): Promise<string> {
  return realpath(place).catch(() => place);
}

async function filesAt(
  hostPath: string,
  demand: PathDemand,
): Promise<Result<readonly PluginFile[], StartProblem>> {
  const status = await stat(hostPath).catch(() => undefined);
  if (!status) return fail(problem(demand, "it does not exist."));
  if (status.isDirectory()) return ok(await filesIn(hostPath, demand));
  if (!status.isFile() || !hostPath.endsWith(".py")) {
    return fail(problem(demand, "it is neither a folder nor a Python file (.py)."));
  }
  return ok([{ hostPath, givesTools: true, demand }]);
}

async function filesIn(folder: string, demand: PathDemand): Promise<readonly PluginFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(".py") && !entry.name.startsWith("__"))
    .map(({ name }) => ({ hostPath: path.join(folder, name), givesTools: !name.startsWith("_"), demand }))
    .toSorted((one, other) => (one.hostPath < other.hostPath ? -1 : 1));
}

async function readSources(
  files: readonly PluginFile[],
  workspaceRoot: string,
): Promise<Result<readonly PluginSource[], StartProblem>> {
  const sources: PluginSource[] = [];
  let bytes = 0;
  for (const { hostPath, givesTools, demand } of files) {
    const options = { maximumBytes: maximumFileBytes, followLinks: demand.trusted };
    const read = await readTextFile(hostPath, options);
    if (!read.ok) return fail(problem(demand, read.error.message));
    bytes += Buffer.byteLength(read.value);
    if (bytes > maximumBytes || sources.length >= maximumFiles) return fail(problem(demand, tooMuch));
    const module = moduleName(hostPath, sources);
    sources.push({ file: shownPath(hostPath, workspaceRoot), module, source: read.value, givesTools });
  }
  return ok(sources);
}

const tooMuch = `with it the plugins are more than ${maximumFiles} files or ${maximumBytes / 1024} KiB.`;

/** The file's name as Python can import it; of two of one name the second gets a number. */
function moduleName(hostPath: string, others: readonly PluginSource[]): string {
  const name = path.basename(hostPath, ".py").replaceAll(/\W/g, "_");
  const isTaken = (candidate: string) => others.some(({ module }) => module === candidate);
  if (!isTaken(name)) return name;
  const number = others.findIndex((_, index) => !isTaken(`${name}_${index + 2}`)) + 2;
  return `${name}_${number}`;
}

/** Relative to the workspace; of a place outside only the end, since the sandbox gets to know no host path. */
function shownPath(hostPath: string, workspaceRoot: string): string {
  const relative = relativePath(workspaceRoot, hostPath);
  return relative.startsWith("../") || path.isAbsolute(relative)
    ? hostPath.split(path.sep).slice(-2).join("/")
    : relative;
}

function problem({ text, file, line }: PathDemand, reason: string): StartProblem {
  return {
    code: "plugin-path-invalid",
    message: `The path ${JSON.stringify(text)} under \`tool_paths\` can't be used: ${reason}`,
    remedy: "Correct or remove the entry; a relative path starts at the folder of the file that names it.",
    file,
    line,
    exitCode: 2,
  };
}

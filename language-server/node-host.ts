import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ignore, { type Ignore } from "ignore";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { LanguageHost, Machine } from "./host.ts";

/** Larger files are no sources of anybody. */
const largestFile = 4 << 20;

/** More files than this in a workspace are not read on their own account. */
const mostFiles = 20_000;

/** The files of this machine. Links are not followed, so that a folder can't lead outside. */
export const nodeHost: Omit<LanguageHost, "evaluator"> = {
  readFile: async (uri) => {
    const file = pathOf(uri);
    if (file === undefined) return undefined;
    const status = await stat(file).catch(() => undefined);
    if (!status?.isFile() || status.size > largestFile) return undefined;
    return readFile(file, "utf8").catch(() => undefined);
  },
  findFiles: async (folder, signal) => {
    const root = pathOf(folder);
    const found: string[] = [];
    if (root !== undefined) await search(root, [], found, signal);
    return found.map((file) => pathToFileURL(file).href);
  },
  machine: thisMachine(),
  listFolder: async (uri) => {
    const folder = pathOf(uri);
    if (folder === undefined) return [];
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  },
};

function thisMachine(): Machine {
  const home = homedir();
  const configHome = process.env["XDG_CONFIG_HOME"] || path.join(home, ".config");
  const system =
    process.platform === "win32"
      ? [path.join(process.env["PROGRAMDATA"] ?? "C:\\ProgramData", "tactus")]
      : ["/etc/tactus", "/usr/local/etc/tactus"];
  return {
    exists: existsSync,
    home: home.replaceAll("\\", "/"),
    variable: (name) => process.env[name],
    ownConfigs: [...system, path.join(configHome, "tactus"), path.join(home, ".tactus")].map(
      (folder) => pathToFileURL(path.join(folder, "config.yml")).href,
    ),
  };
}

interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

async function search(
  folder: string,
  above: readonly IgnoreRules[],
  found: string[],
  signal: AbortSignal,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const text = entries.some(({ name }) => name === ".gitignore")
    ? await readFile(path.join(folder, ".gitignore"), "utf8").catch(() => undefined)
    : undefined;
  const rules = text === undefined ? above : [...above, { folder, rules: ignore().add(text) }];
  for (const entry of entries) {
    if (signal.aborted || found.length >= mostFiles) return;
    const file = path.join(folder, entry.name);
    if (entry.isFile() && fileKindOf(file) && !isIgnored(file, false, rules)) found.push(file);
    else if (entry.isDirectory() && isSearched(entry.name) && !isIgnored(file, true, rules))
      await search(file, rules, found, signal);
  }
}

function isSearched(name: string): boolean {
  return name === ".tactus" || !(name.startsWith(".") || name === "node_modules");
}

/** As git decides: the deepest `.gitignore` that says anything about a path has the word. */
function isIgnored(file: string, isFolder: boolean, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, rules: patterns } of rules.toReversed()) {
    const relative = path.relative(folder, file).split(path.sep).join("/");
    const { ignored, unignored } = patterns.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    // A `file:` URI of another machine has no path here.
    return undefined;
  }
}

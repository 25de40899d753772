import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import path from "node:path";

/** The sandbox uses what this major version of Node brought: the permission model as it is there. */
const oldestNode = 26;

/**
 * The Node binary for the sandbox: the person's setting, else the one that lies beside the extension, else the first
 * on the PATH that is new enough. The editor's own runtime is none: it is no plain Node. Undefined when there is none.
 */
export async function findNode(options: {
  readonly setting: string;
  readonly extensionFolder: string;
  readonly searchPath: string;
  /** Folders that are open: a program in there came with them. */
  readonly workspaceFolders?: readonly string[];
}): Promise<string | undefined> {
  if (options.setting) return options.setting;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const bundled = path.join(options.extensionFolder, "node_modules", "node", "bin", name);
  if (await isExecutable(bundled)) return bundled;
  for (const folder of options.searchPath.split(path.delimiter).filter(path.isAbsolute)) {
    if (options.workspaceFolders?.some((open) => contains(open, folder))) continue;
    const file = path.join(folder, name);
    if ((await isExecutable(file)) && (await majorVersion(file)) >= oldestNode) return file;
  }
  return undefined;
}

function contains(folder: string, other: string): boolean {
  const relative = path.relative(folder, other);
  return relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** 0 for what does not say its version. */
function majorVersion(file: string): Promise<number> {
  return new Promise((resolve) => {
    execFile(file, ["--version"], { timeout: 10_000, env: {} }, (_error, output) => {
      resolve(Number(/^v(\d+)\./.exec(output)?.[1] ?? 0));
    });
  });
}

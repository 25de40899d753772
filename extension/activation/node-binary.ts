import { access, constants } from "node:fs/promises";
import path from "node:path";

/**
 * The Node binary for the sandbox: the person's setting, else the one that lies beside the extension, else one on
 * the PATH. The editor's own runtime is none: it is no plain Node. Undefined when there is none.
 */
export async function findNode(options: {
  readonly setting: string;
  readonly extensionFolder: string;
  readonly searchPath: string;
}): Promise<string | undefined> {
  if (options.setting) return options.setting;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const bundled = path.join(options.extensionFolder, "node_modules", "node", "bin", name);
  const onPath = options.searchPath.split(path.delimiter).filter(path.isAbsolute);
  return firstExecutable([bundled, ...onPath.map((folder) => path.join(folder, name))]);
}

async function firstExecutable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const executable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return file;
  }
  return undefined;
}

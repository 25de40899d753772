import { readdir } from "node:fs/promises";
import path from "node:path";
import { ok, type Result } from "#common/result.ts";
import type { ImageEntry } from "./image-entry.ts";
import type { PythonFiles } from "./python-files.ts";
import { type LoadedFile, sharedLibraries } from "./shared-libraries.ts";

/** Where things lie in the image. */
export const imageLayout = {
  node: "/usr/bin/node",
  python: "/usr/bin/python3",
  runtimeFolder: "/runtime",
  workspace: "/workspace",
  user: 65532,
} as const;

const accounts: readonly ImageEntry[] = [
  {
    kind: "text",
    path: "/etc/passwd",
    mode: 0o444,
    text: `sandbox:x:${imageLayout.user}:${imageLayout.user}::/:/none\n`,
  },
  { kind: "text", path: "/etc/group", mode: 0o444, text: `sandbox:x:${imageLayout.user}:\n` },
];

/** What an image is made of. */
export interface ImageSources {
  readonly nodePath: string;
  readonly runtimeFolder: string;
  /** Only in the variant for runs with plugin tools. */
  readonly python?: PythonFiles | undefined;
}

/**
 * Everything in the image, sorted by path: Node, Python where it is asked for, the libraries they load, the runtime's
 * bundle, two account files and empty folders. There is no shell, no package manager and no set-user-id file, since
 * nothing else is ever added.
 */
export async function imageContent(sources: ImageSources): Promise<Result<ImageEntry[], string>> {
  const { nodePath, python } = sources;
  const libraries = await librariesOf(sources);
  if (!libraries.ok) return libraries;
  const files: ImageEntry[] = [
    ...accounts,
    { kind: "file", path: imageLayout.node, mode: 0o555, hostPath: nodePath },
    ...libraries.value.map(
      ({ hostPath, imagePath }): ImageEntry => ({ kind: "file", path: imagePath, mode: 0o555, hostPath }),
    ),
    ...(python ? pythonEntries(python) : []),
    ...(await runtimeFiles(sources.runtimeFolder)),
  ];
  const folders = new Set(files.flatMap((file) => parentFolders(file.path)));
  for (const mountPoint of ["/tmp", "/proc", "/sys", "/dev", imageLayout.workspace]) folders.add(mountPoint);
  const entries: ImageEntry[] = [
    ...files,
    // The engine gives the memory folder that it mounts there the same rights.
    ...[...folders].map(
      (folder): ImageEntry => ({ kind: "folder", path: folder, mode: folder === "/tmp" ? 0o755 : 0o555 }),
    ),
  ];
  return ok(entries.toSorted((one, other) => (one.path < other.path ? -1 : 1)));
}

/** The loaders and libraries of all programs; one that two of them need is there once. */
async function librariesOf({ nodePath, python }: ImageSources): Promise<Result<LoadedFile[], string>> {
  const found = await Promise.all([
    sharedLibraries(nodePath),
    ...(python ? [sharedLibraries(python.interpreter, python.extensions)] : []),
  ]);
  const byPath = new Map<string, LoadedFile>();
  for (const libraries of found) {
    if (!libraries.ok) return libraries;
    for (const library of libraries.value) byPath.set(library.imagePath, library);
  }
  return ok([...byPath.values()]);
}

function pythonEntries({ interpreter, entries }: PythonFiles): ImageEntry[] {
  return [{ kind: "file", path: imageLayout.python, mode: 0o555, hostPath: interpreter }, ...entries];
}

/** Source maps stay outside: they are of no use to the sandbox and hold the texts of the sources. */
async function runtimeFiles(folder: string): Promise<ImageEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
    .map((entry) => {
      const hostPath = path.join(entry.parentPath, entry.name);
      const relative = path.relative(folder, hostPath).split(path.sep).join("/");
      return { kind: "file", path: `${imageLayout.runtimeFolder}/${relative}`, mode: 0o444, hostPath };
    });
}

function parentFolders(file: string): string[] {
  const parent = path.posix.dirname(file);
  return parent === "/" ? [] : [parent, ...parentFolders(parent)];
}

import { access } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import { readElf } from "./elf-file.ts";

/** Everything that a program loads: files of this machine and where the loader in the image looks for them. */
export interface LoadedFile {
  readonly hostPath: string;
  readonly imagePath: string;
}

/** Folders in which the loaders of common distributions look without being told to. */
const libraryFolders: Readonly<Record<number, readonly string[]>> = {
  62: ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"],
  183: ["/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"],
};

/**
 * The loader and the libraries that a program and what it loads later need, found by reading the files themselves:
 * nothing is executed. All libraries go into the folder where the C library was found, since its loader looks there.
 */
export async function sharedLibraries(
  program: string,
  extensions: readonly string[] = [],
): Promise<Result<readonly LoadedFile[], string>> {
  const key = [program, ...extensions].join("\n");
  const known = remembered.get(key);
  if (known) return ok(known);
  const found = await findLibraries(program, extensions);
  if (found.ok) remembered.set(key, found.value);
  return found;
}

/** Every run asks more than once; which libraries a program names does not change while this process lives. */
const remembered = new Map<string, readonly LoadedFile[]>();

async function findLibraries(
  program: string,
  extensions: readonly string[],
): Promise<Result<readonly LoadedFile[], string>> {
  const facts = await readElf(program);
  const folders = facts && libraryFolders[facts.machine];
  if (!facts || !folders) return fail(`${program} is not a program for 64-bit Linux on x86-64 or ARM.`);
  if (!facts.interpreter) return fail(`${program} is linked statically in a way that is not supported.`);

  const found = new Map<string, string>();
  const loadedLater = await Promise.all(extensions.map(readElf));
  const wanted = [facts, ...loadedLater].flatMap((file) => file?.needed ?? []);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found.has(name) || name === path.basename(facts.interpreter)) continue;
    const library = await findLibrary(name, folders, facts.machine);
    if (!library)
      return fail(`The library ${name}, which ${program} needs, is not in ${folders.join(", ")}.`);
    found.set(name, library.hostPath);
    wanted.push(...library.needed);
  }
  const folder = path.dirname(found.get("libc.so.6") ?? facts.interpreter);
  return ok([
    { hostPath: facts.interpreter, imagePath: facts.interpreter },
    ...[...found].map(([name, hostPath]) => ({ hostPath, imagePath: path.posix.join(folder, name) })),
  ]);
}

async function findLibrary(
  name: string,
  folders: readonly string[],
  machine: number,
): Promise<{ hostPath: string; needed: readonly string[] } | undefined> {
  for (const folder of folders) {
    const hostPath = path.join(folder, name);
    if (!(await exists(hostPath))) continue;
    const facts = await readElf(hostPath);
    if (facts?.machine === machine) return { hostPath, needed: facts.needed };
  }
  return undefined;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

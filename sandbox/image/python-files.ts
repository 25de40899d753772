import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { ImageEntry } from "./image-entry.ts";

/** Python as it goes into the image. */
export interface PythonFiles {
  readonly interpreter: string;
  /** Compiled extensions of the standard library, for their libraries. */
  readonly extensions: readonly string[];
  readonly entries: readonly ImageEntry[];
}

/** What plugins can't use in a container without network, terminal and screen, and what only tests need. */
const leftOutFolders =
  /^(config-.*|ctypes|curses|dbm|distutils|ensurepip|idlelib|lib2to3|multiprocessing\/dummy|pydoc_data|sqlite3|(.*\/)?tests?|tkinter|turtledemo|unittest|venv|wsgiref|__phello__|__pycache__|(site|dist)-packages)\//;
const leftOutModules = /^(antigravity|doctest|pdb|pydoc|sitecustomize|this|turtle)\.py$/;
/** Each needs a library of its own that is large, or that reaches out of the process. */
const leftOutExtensions =
  /^_?(crypt|ctypes|ctypes_test|curses|curses_panel|dbm|gdbm|hashlib|nis|ossaudiodev|readline|sqlite3|ssl|test.*|tkinter|uuid|xx.*)\./;

/**
 * The Python that Debian's packages put on this machine: the interpreter and the modules of its standard library that
 * a plugin can use. The files are found in the lists of the package manager, so that nothing that somebody else added
 * gets in; nothing is executed or loaded from a network. The failure says what is missing.
 */
export async function pythonFiles(root = "/"): Promise<Result<PythonFiles, string>> {
  const known = remembered.get(root);
  if (known) return ok(known);
  const found = await findPython(root);
  if (found.ok) remembered.set(root, found.value);
  return found;
}

/** Every run with plugins asks three times; what changes in a file while this process lives is seen by its digest. */
const remembered = new Map<string, PythonFiles>();

async function findPython(root: string): Promise<Result<PythonFiles, string>> {
  try {
    const interpreter = await realpath(path.join(root, "usr/bin/python3"));
    const version = /\/python(3\.\d+)$/.exec(interpreter)?.[1];
    if (version === undefined) return fail(`${interpreter} is not named as Debian names its Python.`);
    const folder = `/usr/lib/python${version}/`;
    const files = (await packagedFiles(root, version)).filter((file) => file.startsWith(folder));
    if (files.length === 0) return fail(`${interpreter} does not come from Debian's packages.`);
    const modules = files.filter((file) => file.endsWith(".py") && isModule(file.slice(folder.length)));
    const extensions = files.filter((file) => isExtension(file)).map((file) => path.join(root, file));
    return ok({ interpreter, extensions, entries: await entriesOf(root, modules, extensions) });
  } catch (error) {
    return fail(`there is no Python of Debian on this machine (${errorText(error)})`);
  }
}

/** Everything that the packages of an interpreter brought. */
async function packagedFiles(root: string, version: string): Promise<string[]> {
  const folder = path.join(root, "var/lib/dpkg/info");
  const escaped = version.replace(".", "\\.");
  const lists = new RegExp(
    `^(python${escaped}-minimal|libpython${escaped}-(minimal|stdlib))(:\\w+)?\\.list$`,
  );
  const names = (await readdir(folder)).filter((name) => lists.test(name));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  return texts.flatMap((text) => text.split("\n"));
}

function isModule(file: string): boolean {
  return !leftOutFolders.test(file) && !leftOutModules.test(file);
}

function isExtension(file: string): boolean {
  return file.includes("/lib-dynload/") && !leftOutExtensions.test(path.posix.basename(file));
}

async function entriesOf(
  root: string,
  modules: readonly string[],
  extensions: readonly string[],
): Promise<ImageEntry[]> {
  const compiled = await Promise.all(modules.map((file) => moduleEntry(root, file)));
  const libraries = extensions.map(
    (hostPath): ImageEntry => ({
      kind: "file",
      path: `/${path.relative(root, hostPath)}`,
      mode: 0o444,
      hostPath,
    }),
  );
  return [...compiled, ...libraries];
}

/**
 * A module in its compiled form, in the place of its source: the image has no times, by which Python would tell that
 * the two belong together, and would compile the library again at each start.
 */
async function moduleEntry(root: string, file: string): Promise<ImageEntry> {
  const source = path.join(root, file);
  const tag = /\/python3\.(\d+)\//.exec(file)?.[1] ?? "";
  const name = path.basename(file, ".py");
  const compiled = path.join(path.dirname(source), "__pycache__", `${name}.cpython-3${tag}.pyc`);
  return (await isCompiledFrom(compiled, source))
    ? { kind: "file", path: `${file}c`, mode: 0o444, hostPath: compiled }
    : { kind: "file", path: file, mode: 0o444, hostPath: source };
}

/** Whether a compiled module is of this very source: its header has the source's time and size (PEP 552). */
async function isCompiledFrom(compiled: string, source: string): Promise<boolean> {
  try {
    await using file = await open(compiled, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const { mtimeMs, size } = await stat(source);
    const isByTime = bytesRead === 16 && buffer.readUInt32LE(4) === 0;
    return (
      isByTime && buffer.readUInt32LE(8) === Math.floor(mtimeMs / 1000) && buffer.readUInt32LE(12) === size
    );
  } catch {
    // It was never compiled here: the source goes in, and starts a little slower.
    return false;
  }
}

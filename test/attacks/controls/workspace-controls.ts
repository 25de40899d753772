import type { Control, Mutation } from "./control.ts";

const folder = "sandbox/workspace/confined-folder.ts";
const opened = "sandbox/workspace/open-folder.ts";
const policy = "sandbox/workspace/path-policy.ts";
const changes = "sandbox/workspace/change-set.ts";

const anyPath: Mutation = {
  file: policy,
  from: 'if (path.length > maximumPathLength) return denied(path, "it is too long.");',
  to: "return ok(path);",
};
const leadsOut: Mutation = {
  file: folder,
  from: "const relative = path.relative(await this.#root, real);",
  to: "return true; const relative = path.relative(await this.#root, real);",
};
const absoluteToo: Mutation = {
  file: folder,
  from: "await realpath(path.join(await this.#root, relative))",
  to: "await realpath(path.resolve(await this.#root, relative))",
};
const writesAnything: Mutation = {
  file: "protocol/obeyed-files.ts",
  from: 'if (foldedNames.some((name) => name.startsWith(".")))',
  to: "return undefined; if (foldedNames)",
};
const readsAnything: Mutation = {
  file: policy,
  from: "if (names.some((name) => ownFolders.has(name)))",
  to: "return undefined; if (names)",
};

/** What plainly leaves the workspace is not even asked for: a courtesy inside the sandbox, not a wall. */
const asksForAnything: Mutation = {
  file: "runtime/workspace/inside-path.ts",
  from: "export function insidePath(given: string): string {",
  to: "export function insidePath(given: string): string { return given;",
};

/** Paths are relative, and what they resolve to lies in the workspace. */
export const pathsInside: Control = {
  id: "paths-inside",
  off: [asksForAnything, anyPath, leadsOut, absoluteToo, writesAnything, readsAnything],
};

/** Names are portable, and hold nothing that can't be seen. */
export const plainNames: Control = { id: "plain-names", off: [anyPath] };

/** Secrets by their names, and what programs of the machine obey. */
export const protectedFiles: Control = { id: "protected-files", off: [readsAnything, writesAnything] };

/** Names are compared as file systems without case do. */
export const foldedNames: Control = {
  id: "folded-names",
  off: [
    {
      file: "protocol/obeyed-files.ts",
      from: 'return name.normalize("NFKC").toLowerCase();',
      to: "return name;",
    },
  ],
};

/** A copy is without what git ignores. */
export const ignoredLeftOut: Control = {
  id: "ignored-left-out",
  off: [
    {
      file: "sandbox/workspace/git-ignored.ts",
      from: "if (await this.#coversOne(names.slice(0, count), isFolder)) return true;",
      to: "void isFolder;",
    },
  ],
};

/** A text that is read is one that fits into a frame. */
export const boundedTexts: Control = {
  id: "bounded-texts",
  off: [
    {
      file: "sandbox/workspace/checked-workspace.ts",
      from: "if (bytes.length > maximumFileBytes)",
      to: "if (false)",
    },
  ],
};

/** What was checked is what is opened: no link is followed in between, and folders are held open. */
export const heldOpen: Control = {
  id: "held-open",
  off: [
    {
      file: folder,
      from: "constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,",
      to: "constants.O_RDONLY | constants.O_NONBLOCK,",
    },
    { file: opened, from: 'if (process.platform !== "linux") return true;', to: "return true;" },
    {
      file: opened,
      from: 'if (process.platform !== "linux") return new OpenFolder(real, undefined);',
      to: "return new OpenFolder(real, undefined);",
    },
  ],
};

/** A file is replaced by a new one: neither a link in its place nor another name of it is written through. */
export const replacedFiles: Control = {
  id: "replaced-files",
  off: [
    { file: folder, from: "if (existing && !existing.isFile())", to: "if (false)" },
    {
      file: folder,
      from: "await rename(draft, folder.entry(name));",
      to: 'await (await import("node:fs/promises")).writeFile(folder.entry(name), content);',
    },
  ],
};

/** What programs obey is applied only when it is confirmed by its name. */
export const confirmedByName: Control = {
  id: "confirmed-by-name",
  off: [
    { file: changes, from: "if (risk && !choice.confirmed?.includes(path))", to: "if (false)" },
    { file: changes, from: "return meant ? undefined : namesOfRisk(real);", to: "return undefined;" },
  ],
};

/** A file that changed since the run began is not written over. */
export const conflictsShown: Control = {
  id: "conflicts-shown",
  off: [{ file: changes, from: "if (conflicting && !choice.overwritten?.includes(path))", to: "if (false)" }],
};

/** Paths in a kept list of changes are those of files of the workspace. */
export const checkedList: Control = {
  id: "checked-list",
  off: [
    {
      file: "sandbox/workspace/kept-changes.ts",
      from: 'if (typeof file !== "string" || file === "") return false;',
      to: "return true;",
    },
    leadsOut,
    writesAnything,
    readsAnything,
  ],
};

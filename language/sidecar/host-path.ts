/** Where a config file lies on the machine. Absolute paths with `/`; what is not known is left out. */
export interface FilePlace {
  /** Folder that relative paths start from: the file's own, or for `.tactus/config.yml` the one that holds `.tactus`. */
  readonly folder?: string;
  readonly workspaceRoot?: string;
  readonly home?: string;
}

/**
 * A path of a config file made absolute as far as its place is known: `~/…` and `../…` stay when it is not. Links are
 * not looked at; the start of a run does.
 */
export function resolveHostPath(written: string, { folder, home }: FilePlace): string {
  const text = written.replaceAll("\\", "/");
  if (/^~(\/|$)/.test(text))
    return home === undefined ? normalized(text) : normalized(`${home}${text.slice(1)}`);
  if (text.startsWith("/") || /^[A-Za-z]:/.test(text)) return normalized(text);
  return normalized(folder === undefined ? `./${text}` : `${folder}/${text}`);
}

/** Whether a path is a folder or stands in it; compared without case, as some systems do. */
export function isWithin(path: string, folder: string): boolean {
  const inner = path.toLowerCase();
  const outer = folder.toLowerCase().replace(/\/$/, "");
  return inner === outer || inner === folder.toLowerCase() || inner.startsWith(`${outer}/`);
}

/** Whether a path leaves the workspace; undefined when its place does not tell. */
export function leavesWorkspace(
  path: string,
  { folder, workspaceRoot, home }: FilePlace,
): boolean | undefined {
  const isAbsolute = path.startsWith("/") || path.startsWith("~") || /^[A-Za-z]:/.test(path);
  if (isAbsolute && workspaceRoot !== undefined) {
    if (path.startsWith("~") && home === undefined) return undefined;
    return !isWithin(path, workspaceRoot);
  }
  if (isAbsolute) return folder === undefined ? true : undefined;
  return path.startsWith("..");
}

/** Without `.`, `..` (as far as they lead up inside the path) and double slashes. */
function normalized(path: string): string {
  const root = /^(?:[A-Za-z]:)?\/*/.exec(path)?.[0] ?? "";
  const steps: string[] = [];
  for (const step of path.slice(root.length).split("/")) {
    if (step === "" || step === ".") continue;
    const canClimb = steps.length > 0 && steps.at(-1) !== ".." && steps.at(-1) !== "~";
    if (step === ".." && canClimb) steps.pop();
    else if (step !== ".." || root === "") steps.push(step);
  }
  const prefix = root.endsWith("/") ? `${root.replace(/\/+$/, "")}/` : root;
  return prefix + steps.join("/") || ".";
}

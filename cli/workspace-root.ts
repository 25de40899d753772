import path from "node:path";

/** The current folder when the file lies in it, else the file's own. */
export function workspaceRootOf(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const inside = relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
  return inside ? process.cwd() : path.dirname(file);
}

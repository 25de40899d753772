import path from "node:path";

/**
 * The absolute path of a `.tac` file that an event names, when it lies inside the workspace. Events come from
 * journals too, and a journal can come from anybody: `../../.ssh/config` is not opened.
 */
export function fileInside(workspaceRoot: string, file: string): string | undefined {
  const absolute = path.resolve(workspaceRoot, file);
  const relative = path.relative(workspaceRoot, absolute);
  const inside = relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
  return inside && absolute.endsWith(".tac") ? absolute : undefined;
}

/**
 * A path of the workspace as seen from one of its folders, without `.` and `..` and with forward slashes; undefined when
 * it leads out of the workspace. The workspace's own folder is the empty text.
 */
export function workspacePath(folder: string, path: string): string | undefined {
  const given = path.replaceAll("\\", "/");
  if (given.startsWith("/") || /^[A-Za-z]:/.test(given)) return undefined;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of given.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

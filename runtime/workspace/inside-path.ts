import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** The path with forward slashes and without `.` and `..`. Throws ProcedureFailure `file-denied`. */
export function insidePath(given: string): string {
  const path = given.replaceAll("\\", "/");
  if (path === "") throw new ProcedureFailure("file-not-found", "The path is empty.");
  const absolute = path.startsWith("/") || /^[A-Za-z]:/.test(path);
  const parts: string[] = [];
  let escapes = absolute;
  for (const part of path.split("/")) {
    if (part === "..") escapes ||= parts.pop() === undefined;
    else if (part !== "" && part !== ".") parts.push(part);
  }
  if (!escapes) return parts.join("/");
  throw new ProcedureFailure(
    "file-denied",
    `Path traversal detected: ${given} resolves outside the workspace. Use a path relative to it.`,
  );
}

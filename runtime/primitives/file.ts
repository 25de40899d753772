import type { LuaTable } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/** `File.*`: files of the workspace. The host's policy decides; what plainly leaves the workspace is not even asked. */
export function filePrimitive(vm: Vm, ports: Pick<RuntimePorts, "request">): LuaTable {
  return vm.library("File", {
    read: (args) => ports.request("file.read", { path: insidePath(args.text(1)) }).text,
    write: (args) => {
      ports.request("file.write", { path: insidePath(args.text(1)), text: args.text(2) });
      return true;
    },
    exists: (args) => ports.request("file.status", { path: insidePath(args.text(1)) }).exists,
    size: (args) => {
      const path = insidePath(args.text(1));
      const status = ports.request("file.status", { path });
      if (!status.exists) throw new ProcedureFailure("file-not-found", `File not found: ${path}`);
      return status.bytes;
    },
  });
}

/** The path with forward slashes and without `.` and `..`. Throws ProcedureFailure `file-denied`. */
function insidePath(given: string): string {
  const path = given.replaceAll("\\", "/");
  if (path === "") throw new ProcedureFailure("file-not-found", "File: the path is empty.");
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

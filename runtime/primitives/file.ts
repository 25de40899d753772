import type { LuaTable } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";
import { insidePath } from "../workspace/inside-path.ts";

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

import type { LuaTable } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

const levels = { info: "info", warning: "warn", error: "error", critical: "error" } as const;

/** `System.alert {…}`: a log event that is marked as an alert in its data. */
export function systemPrimitive(vm: Vm, ports: Pick<RuntimePorts, "emit">): LuaTable {
  return vm.library("System", {
    alert: (args) => {
      const options = args.optionalTable(1) ?? vm.engine.createTable();
      const message = options.get("message") ?? "Alert";
      const level = String(options.get("level") ?? "info");
      if (!isLevel(level)) {
        const allowed = Object.keys(levels).join(", ");
        throw new ProcedureFailure(
          "lua-error",
          `Invalid alert level '${level}'. Allowed levels: ${allowed}.`,
        );
      }
      const encoded = vm.encode(options, "The alert", { unsupported: "omit" }).json;
      const at = args.at;
      ports.emit({
        type: "log",
        level: levels[level],
        message: String(message),
        data: { alert: encoded },
        ...(at ? { at } : {}),
      });
      return undefined;
    },
  });
}

function isLevel(level: string): level is keyof typeof levels {
  return Object.hasOwn(levels, level);
}

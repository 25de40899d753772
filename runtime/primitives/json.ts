import { errorText } from "#common/error-text.ts";
import { type LuaTable, luaJson } from "#lua/engine.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/** `Json.encode(value)` and `Json.decode(text)`. */
export function jsonPrimitive(vm: Vm): LuaTable {
  return vm.library("Json", {
    encode: (args) => {
      try {
        return vm.encodeText(args.exact(1), "The value", { spaced: true, nonFinite: "words" });
      } catch (thrown) {
        if (!(thrown instanceof ProcedureFailure)) throw thrown;
        throw new ProcedureFailure(thrown.code, `Failed to encode to JSON: ${thrown.message}`);
      }
    },
    decode: (args) => {
      const text = args.text(1);
      try {
        JSON.parse(text);
      } catch (thrown) {
        throw new ProcedureFailure("lua-error", `Failed to decode JSON: ${errorText(thrown)}`);
      }
      return luaJson(text);
    },
  });
}

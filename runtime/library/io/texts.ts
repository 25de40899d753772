import { errorText } from "#common/error-text.ts";
import { type LuaValue, luaJson } from "#lua/engine.ts";
import type { Arguments } from "../../vm/arguments.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import type { Vm } from "../../vm/vm.ts";
import { indentedJson } from "./indented-json.ts";
import { ioModule } from "./io-module.ts";

/** `tactus.io.file`: texts. */
export const fileModule = ioModule("file", (files) => ({
  read: (args) => files.readText(args.text(1)),
  write: (args) => {
    files.writeText(args.text(1), args.text(2));
    return true;
  },
  exists: (args) => files.exists(args.text(1)),
}));

/** `tactus.io.json`: values as JSON, in files and as texts. */
export const jsonModule = ioModule("json", (files, { vm }) => ({
  read: (args) => decoded(files.readText(args.text(1))),
  write: (args) => {
    files.writeText(args.text(1), encoded(vm, args.exact(2), indentOf(args, 3) ?? 2));
    return true;
  },
  encode: (args) => encoded(vm, args.exact(1), indentOf(args, 2)),
  decode: (args) => decoded(args.text(1)),
}));

function indentOf(args: Arguments, index: number): number | undefined {
  const indent = args.optionalNumber(index);
  return indent === undefined ? undefined : Math.min(Math.max(0, Math.floor(indent)), 16);
}

function encoded(vm: Vm, value: LuaValue, indent: number | undefined): string {
  const text = vm.encodeText(value, "The value", { spaced: true, nonFinite: "words" });
  return indent === undefined ? text : indentedJson(text, indent);
}

function decoded(text: string): LuaValue {
  try {
    JSON.parse(text);
  } catch (thrown) {
    throw new ProcedureFailure("lua-error", `Failed to decode JSON: ${errorText(thrown)}`);
  }
  return luaJson(text);
}

import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type LuaValue, luaJson } from "#lua/engine.ts";
import type { Conversion, Converted, Operation } from "../../formats/conversion.ts";
import { RequestRefused, type RuntimePorts } from "../../ports.ts";
import type { Arguments } from "../../vm/arguments.ts";
import { ProcedureFailure } from "../../vm/procedure-failure.ts";
import type { Primitive, Vm } from "../../vm/vm.ts";
import type { WorkspaceFiles } from "../../workspace/workspace-files.ts";
import type { LibraryModule } from "../library-module.ts";
import { ioModule } from "./io-module.ts";

/** Bytes of a table as JSON: it goes to another thread, not through a frame. */
const maximumTableBytes = 64 * 1024 * 1024;

/** `tactus.io.csv` and `tactus.io.tsv`. */
export function delimitedModule(name: string, delimiter: string): LibraryModule {
  return ioModule(name, (files, { ports, vm }) => ({
    read: (args) => read(files, ports, { path: args.text(1), operation: "csv.read", options: { delimiter } }),
    write: writer({ files, ports, operation: "csv.write" }, (args) => ({
      ...optionsOf(vm, args, 3),
      rows: given(vm, args, 2),
      delimiter,
    })),
  }));
}

/** `tactus.io.excel`. */
export const excelModule: LibraryModule = ioModule("excel", (files, { ports, vm }) => ({
  read: (args) =>
    read(files, ports, { path: args.text(1), operation: "excel.read", options: optionsOf(vm, args, 2) }),
  write: writer({ files, ports, operation: "excel.write" }, (args) => ({
    ...optionsOf(vm, args, 3),
    rows: given(vm, args, 2),
  })),
  sheets: (args) => read(files, ports, { path: args.text(1), operation: "excel.sheets" }),
}));

/** `tactus.io.parquet`. */
export const parquetModule: LibraryModule = ioModule("parquet", (files, { ports, vm }) => ({
  read: (args) => read(files, ports, { path: args.text(1), operation: "parquet.read" }),
  write: writer({ files, ports, operation: "parquet.write" }, (args) => ({ rows: given(vm, args, 2) })),
}));

/** `tactus.io.hdf5`. */
export const hdf5Module: LibraryModule = ioModule("hdf5", (files, { ports, vm }) => ({
  read: (args) =>
    read(files, ports, { path: args.text(1), operation: "hdf5.read", options: { dataset: args.text(2) } }),
  write: writer({ files, ports, operation: "hdf5.write", adds: true }, (args) => ({
    dataset: args.text(2),
    data: given(vm, args, 3),
  })),
  list: (args) => read(files, ports, { path: args.text(1), operation: "hdf5.list" }),
}));

function read(files: WorkspaceFiles, ports: Converter, { path, operation, options = {} }: Reading): LuaValue {
  const bytes = files.readBytes(path);
  const converted = convertFile(ports, path, { operation, bytes, options });
  return converted.kind === "value" ? luaJson(JSON.stringify(converted.value)) : undefined;
}

/** What is wrong with a file is said together with its path. */
function convertFile(ports: Converter, path: string, conversion: Conversion): Converted {
  try {
    return ports.convert(conversion);
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code !== "file-unreadable") throw thrown;
    throw new RequestRefused(thrown.code, `${path}: ${thrown.message}`);
  }
}

type Converter = Pick<RuntimePorts, "convert">;

interface Reading {
  readonly path: string;
  readonly operation: Operation;
  readonly options?: JsonObject;
}

interface Target {
  readonly files: WorkspaceFiles;
  readonly ports: Converter;
  readonly operation: Operation;
  /** Whether what the file has already stays. */
  readonly adds?: boolean;
}

function writer(
  { files, ports, operation, adds = false }: Target,
  options: (args: Arguments) => JsonObject,
): Primitive {
  return (args) => {
    const path = args.text(1);
    const bytes = adds ? files.readIfThere(path) : undefined;
    const converted = convertFile(ports, path, { operation, bytes, options: options(args) });
    if (converted.kind === "bytes") files.writeBytes(path, converted.bytes);
    return true;
  };
}

function given(vm: Vm, args: Arguments, index: number): Json {
  return vm.encode(args.table(index), "The table", { maximumBytes: maximumTableBytes, emptyTable: "array" })
    .json;
}

function optionsOf(vm: Vm, args: Arguments, index: number): JsonObject {
  const table = args.optionalTable(index);
  const options = table ? vm.encode(table, "The options").json : {};
  if (isJsonObject(options)) return options;
  throw new ProcedureFailure("lua-error", 'The options are a table of names, as in {sheet = "Data"}.');
}

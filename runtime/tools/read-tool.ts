import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import { parseFieldSchemas } from "../schema/field-schema.ts";
import { isFunction } from "../vm/arguments.ts";
import type { Decoder } from "../vm/decode.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { DeclaredTool, ToolBody } from "./declared-tool.ts";

/** A tool's table as read; the name comes from the table or from a variable. */
export type ToolReading = Omit<DeclaredTool, "name"> & { readonly name: string | undefined };

const lastPosition = 9;

/** The first function among the positional entries of a declaration. */
export function positionalFunction(table: LuaTable): LuaFunction | undefined {
  for (let position = 1; position <= lastPosition; position++) {
    const value = table.get(position);
    if (isFunction(value)) return value;
  }
  return undefined;
}

/** Reads the table of `Tool {…}` or of one inline tool. Throws ProcedureFailure `declaration-invalid`. */
export function readTool(table: LuaTable, decoder: Decoder): ToolReading {
  const name = readName(table.get("name"));
  const label = name === undefined ? "Tool" : `Tool '${name}'`;
  const description = table.get("description");
  const input = parseFieldSchemas(decoder.decode(table.get("input"), `${label}: input`), {
    what: `input of ${label}`,
    requiredUnlessSaid: true,
  });
  if (!input.ok) throw invalid(input.error.join("\n"));
  return {
    name,
    description: typeof description === "string" ? description : "",
    input: input.value,
    body: readBody(table, label),
  };
}

function readName(value: LuaValue): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && value !== "") return value;
  throw invalid("Tool: 'name' must be a non-empty string.");
}

function readBody(table: LuaTable, label: string): ToolBody {
  const named = table.get("handler");
  const handler = positionalFunction(table) ?? (isFunction(named) ? named : undefined);
  const source = readSource(table, label);
  if (handler && source !== undefined) {
    throw invalid(`${label} has both a function and 'use'; it needs exactly one of them.`);
  }
  if (handler) return { kind: "lua", handler: handler.retain() };
  if (source === undefined) throw invalid(`${label} needs a function, or 'use' with a source.`);
  return { kind: "external", source };
}

function readSource(table: LuaTable, label: string): string | undefined {
  const use = table.get("use");
  const source = table.get("source");
  if (use !== undefined && source !== undefined) {
    throw invalid(`${label} has both 'use' and 'source'; 'source' is the older word for the same.`);
  }
  const given = use ?? source;
  if (given === undefined) return undefined;
  if (typeof given === "string" && given !== "") return given;
  throw invalid(`${label}: 'use' must be a text such as "broker.host.ping".`);
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

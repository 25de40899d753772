import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import { schemaOf } from "#language/sidecar/schema-words.ts";
import type { ConfigKey } from "#vocabulary/config-key.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

const titles: Readonly<Record<ConfigKind, string>> = {
  config: "Tactus config (.tactus/config.yml)",
  sidecar: "Tactus sidecar (procedure.tac.yml)",
};

const leftOut = "Only your own config may set it: in the file of a folder it is left out.";

/** The JSON Schema (draft 2020-12) of one of the two files, with what each key means, for any editor's YAML support. */
export function configJsonSchema(kind: ConfigKind): Json {
  const schema: unknown = z.toJSONSchema(schemaOf(kind), { io: "input", unrepresentable: "any" });
  if (!isJsonObject(schema)) return {};
  const { $schema, ...rest } = schema;
  return {
    ...($schema !== undefined && { $schema }),
    title: titles[kind],
    ...describe(rest, "", kind),
  };
}

/** Adds what the vocabulary says to each key; `*` stands for a name that the person chooses. */
function describe(schema: JsonObject, path: string, kind: ConfigKind): JsonObject {
  const key = configKeys.find((known) => known.path === path);
  const { properties, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(key && annotations(key, kind)),
    ...(isJsonObject(properties) && { properties: describeAll(properties, path, kind) }),
    ...(isJsonObject(additionalProperties)
      ? { additionalProperties: describe(additionalProperties, below(path, "*"), kind) }
      : additionalProperties !== undefined && { additionalProperties }),
    ...(path === "mcp_servers.*" && { dependentRequired: ownKeys }),
  };
}

function annotations(key: ConfigKey, kind: ConfigKind): JsonObject {
  const refused = key.ownConfigOnly && kind === "sidecar" ? leftOut : undefined;
  const examples = key.examples ?? key.values ?? (key.default === undefined ? undefined : [key.default]);
  return {
    description: [key.doc, key.effect, refused].filter((sentence) => sentence !== undefined).join(" "),
    ...(key.default !== undefined && { default: key.default }),
    ...(examples && { examples }),
    ...(key.withoutEffect !== undefined && { deprecated: true }),
  };
}

/** What an MCP server may only say beside a program or an address of its own. */
const ownKeys: JsonObject = {
  ...Object.fromEntries(["args", "env", "cwd"].map((name) => [name, ["command"]])),
  headers: ["url"],
};

function describeAll(properties: JsonObject, path: string, kind: ConfigKind): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      isJsonObject(value) ? describe(value, below(path, name), kind) : value,
    ]),
  );
}

function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type Decoded, decodedJson, isDecodedTable } from "../schema/decoded.ts";
import { TableReader } from "../schema/table-reader.ts";
import type { ModelBackend, ModelDefinition, NaiveBayesBackend } from "./model-definition.ts";
import { readShapes } from "./value-shape.ts";

/** Where trained models lie when nothing else is said. */
const defaultRegistryDirectory = ".tactus/models";

/** Kinds that are programs in Python; nothing in the sandbox runs them. */
const pythonKinds: readonly string[] = ["pytorch", "sklearn", "hf_sequence_classifier"];
const kinds = [
  "llm",
  "http",
  "naive_bayes",
  "registry",
  "ensemble",
  "ab_test",
  "traffic_split",
  "mock",
] as const;

/** Why a model can't be used: malformed, or of a kind that is not served here. */
export interface ModelProblem {
  readonly code: "declaration-invalid" | "model-kind-unavailable";
  readonly message: string;
}

/** Reads the table of `Model {…}`. */
export function parseModel(name: string, config: Decoded): Result<ModelDefinition, ModelProblem> {
  const owner = `Model '${name}'`;
  const python = pythonKindIn(config);
  if (python !== undefined)
    return fail({ code: "model-kind-unavailable", message: pythonAdvice(owner, python) });
  const reader = new TableReader(isDecodedTable(config) ? config : {}, owner);
  const backend = readBackend(reader, owner);
  if (!backend || reader.failures.length > 0) {
    return fail({ code: "declaration-invalid", message: reader.failures.join("\n") });
  }
  const input = readShapes(reader.table["input"]);
  const output = readShapes(reader.table["output"]);
  return ok({ name, backend, ...(input ? { input } : {}), ...(output ? { output } : {}) });
}

/** The kind, here or in a member, that needs Python. */
function pythonKindIn(config: Decoded): string | undefined {
  if (!isDecodedTable(config)) return undefined;
  const type = config["type"];
  if (typeof type === "string" && pythonKinds.includes(type))
    return isNaiveBayesFile(config) ? undefined : type;
  const inner = [config["members"], config["arms"]].flatMap((list) => (Array.isArray(list) ? list : []));
  return inner.map(pythonKindIn).find((kind) => kind !== undefined);
}

/** A scikit-learn model that was exported to JSON can be read without Python. */
function isNaiveBayesFile(config: Readonly<Record<string, Decoded>>): boolean {
  const path = config["path"];
  return config["type"] === "sklearn" && typeof path === "string" && path.endsWith(".json");
}

function pythonAdvice(owner: string, kind: string): string {
  const other =
    kind === "sklearn"
      ? "Export a naive Bayes model to JSON (docs/models.md) and name that file,"
      : 'Serve the model over HTTP and use type = "http",';
  return `${owner}: a model of type '${kind}' needs a Python process, which the sandbox does not have. ${other} or declare what it answers in Mocks.`;
}

function readBackend(reader: TableReader, owner: string): ModelBackend | undefined {
  if (!reader.has("type")) reader.fail("type", `is required: one of ${kinds.join(", ")}.`);
  if (isNaiveBayesFile(reader.table)) return fileBackend(reader);
  const type = reader.choice("type", kinds);
  switch (type) {
    case undefined:
      return undefined;
    case "llm":
      return { kind: "llm", fields: languageModelFields(reader) };
    case "http":
      return httpBackend(reader);
    case "mock":
      return { kind: "mock", value: decodedJson(reader.table["value"]) ?? null };
    case "naive_bayes":
      return reader.has("path") ? fileBackend(reader) : examplesBackend(reader);
    case "registry":
      return registryBackend(reader, owner);
    case "ensemble":
      return {
        kind: "ensemble",
        members: inner(reader, "members", owner),
        strategy: reader.choice("strategy", ["vote", "average"]) ?? "vote",
      };
    case "ab_test":
    case "traffic_split":
      return armsBackend(reader, owner);
  }
}

const agentFields = [
  "provider",
  "model",
  "system_prompt",
  "temperature",
  "max_tokens",
  "reasoning_effort",
  "openai_reasoning_effort",
  "verbosity",
  "request_timeout",
] as const;

/** What an agent would declare for the same; it is checked as an agent's. */
function languageModelFields(reader: TableReader): JsonObject {
  const given = agentFields.flatMap((name): [string, Json][] => {
    const value = decodedJson(reader.table[name]);
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return { system_prompt: "", ...Object.fromEntries(given) };
}

function httpBackend(reader: TableReader): ModelBackend {
  const endpoint = reader.text("endpoint");
  const costPerCall = reader.number("cost_per_call", 0);
  return {
    kind: "http",
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(costPerCall === undefined ? {} : { costPerCall }),
  };
}

function fileBackend(reader: TableReader): NaiveBayesBackend {
  return { kind: "naive_bayes", source: "file", path: reader.text("path") ?? "" };
}

function examplesBackend(reader: TableReader): NaiveBayesBackend {
  const examples = (reader.list("examples") ?? []).flatMap((item) => {
    const { text, label } = isDecodedTable(item) ? item : {};
    if (typeof text === "string" && label !== undefined) return [{ text, label: String(label) }];
    reader.fail("examples", 'must hold tables such as {text = "…", label = "…"}.');
    return [];
  });
  if (examples.length === 0) reader.fail("examples", "is required, or 'path' with an exported model.");
  return { kind: "naive_bayes", source: "examples", examples, alpha: reader.number("alpha", 0) ?? 1 };
}

function registryBackend(reader: TableReader, owner: string): ModelBackend {
  const name = reader.text("name");
  if (name === undefined) reader.fail("name", "is required.");
  const fallback = reader.nested("fallback");
  const backend = fallback && readBackend(fallback, `${owner}, 'fallback'`);
  return {
    kind: "naive_bayes",
    source: "registry",
    directory: reader.text("registry_dir") ?? defaultRegistryDirectory,
    name: name ?? "",
    version: reader.text("version") ?? "latest",
    ...(backend ? { fallback: backend } : {}),
  };
}

function armsBackend(reader: TableReader, owner: string): ModelBackend {
  const arms = inner(reader, "arms", owner);
  const weights = (reader.list("weights") ?? []).map((weight) => (typeof weight === "number" ? weight : 0));
  const seed = reader.integer("seed", Number.MIN_SAFE_INTEGER);
  if (weights.length > 0 && weights.length !== arms.length) {
    reader.fail("weights", `must have one number for each of the ${arms.length} arms.`);
  }
  return { kind: "ab_test", arms, weights, ...(seed === undefined ? {} : { seed }) };
}

/** The models inside a model: each a table of its own. */
function inner(reader: TableReader, field: string, owner: string): readonly ModelBackend[] {
  const items = reader.list(field) ?? [];
  if (items.length === 0) reader.fail(field, "needs at least one model.");
  return items.flatMap((item, index) => {
    const table = isDecodedTable(item) ? item : {};
    const nested = new TableReader(table, `${owner}, ${field}[${index + 1}]`, reader.failures);
    const backend = readBackend(nested, owner);
    return backend ? [backend] : [];
  });
}

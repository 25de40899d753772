import { isJsonObject, type JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { contextDeclaration } from "#vocabulary/declarations/context.ts";
import {
  type Decoded,
  DecodedHandle,
  decodedItems,
  decodedJson,
  isDecodedList,
  isDecodedTable,
} from "../schema/decoded.ts";
import { TableReader } from "../schema/table-reader.ts";
import type { Budget, ContextDefinition, Directive, DirectiveText, Pack } from "./context-definition.ts";
import { parseCompactor } from "./parse-retrieval.ts";

const presetIterations = 4;

/** Reads the table of `Context {…}`. Failures name the context and the field; unknown fields are failures too. */
export function parseContext(name: string, table: Decoded): Result<ContextDefinition, readonly string[]> {
  const owner = `Context '${name}'`;
  if (!isDecodedTable(table)) return fail([`${owner} needs a table: ${name} = Context {…}.`]);
  const context = new TableReader(table, owner);
  refuseUnknown(context);
  const policy = context.nested("policy");
  const expansion = (policy?.has("expansion") ? policy : context).nested("expansion");
  policy?.choice("overflow", ["compact"]);
  const definition: ContextDefinition = {
    name,
    directives: readDirectives(context),
    packs: readPacks(context),
    inputBudget:
      readBudget(policy, "input_budget") ??
      readBudget(context, "input_budget") ??
      readBudget(context, "budget"),
    packBudget: readPackBudget(policy) ?? readPackBudget(context),
    expansion: {
      maximumPages: expansion?.integer("max_pages", 1) ?? 1,
      minimumFillRatio: expansion?.number("min_fill_ratio", 0) ?? 1,
    },
    compactor: readCompactor(policy),
    maximumIterations: policy?.integer("max_iterations", 1) ?? presetIterations,
  };
  return context.failures.length > 0 ? fail(context.failures) : ok(definition);
}

function refuseUnknown(context: TableReader): void {
  const known = contextDeclaration.fields.map((field) => field.name);
  for (const field of Object.keys(context.table)) {
    if (!known.includes(field)) context.fail(field, `is unknown. There are: ${known.join(", ")}.`);
  }
}

function readBudget(reader: TableReader | undefined, field: string): Budget | undefined {
  const budget = reader?.nested(field);
  if (!budget) return undefined;
  const ratio = budget.number("ratio", 0);
  const maximumTokens = budget.integer("max_tokens", 1);
  if (ratio === undefined && maximumTokens === undefined)
    reader?.fail(field, "needs 'ratio' or 'max_tokens'.");
  return {
    ...(ratio === undefined ? {} : { ratio }),
    ...(maximumTokens === undefined ? {} : { maximumTokens }),
  };
}

function readPackBudget(reader: TableReader | undefined): Budget | undefined {
  const budget = reader?.nested("pack_budget");
  if (!budget) return undefined;
  const ratio = budget.number("default_ratio", 0);
  const maximumTokens = budget.integer("default_max_tokens", 1);
  if (ratio === undefined && maximumTokens === undefined) {
    reader?.fail("pack_budget", "needs 'default_ratio' or 'default_max_tokens'.");
  }
  return {
    ...(ratio === undefined ? {} : { ratio }),
    ...(maximumTokens === undefined ? {} : { maximumTokens }),
  };
}

function readCompactor(policy: TableReader | undefined): ContextDefinition["compactor"] {
  const declared = policy?.table["compactor"];
  if (declared === undefined || !policy) return undefined;
  const name = nameOf(declared);
  if (name !== undefined) return name;
  const compactor = parseCompactor("of the policy", declared);
  if (compactor.ok) return compactor.value;
  policy.failures.push(...compactor.error);
  return undefined;
}

function readPacks(context: TableReader): readonly Pack[] {
  const declared = context.table["packs"];
  if (declared === undefined) return [];
  const isOne = nameOf(declared) !== undefined;
  const items = isOne ? [declared] : isDecodedList(declared) ? decodedItems(declared) : undefined;
  if (!items) context.fail("packs", "must be retrievers or contexts, by handle or name.");
  return (items ?? []).flatMap((item) => readPack(context, item) ?? []);
}

function readPack(context: TableReader, item: Decoded): Pack | undefined {
  const name = nameOf(item);
  if (name !== undefined) return { name, weight: 1, priority: 0 };
  const reader = isDecodedTable(item) ? new TableReader(item, "A pack", context.failures) : undefined;
  const packName = reader && nameOf(reader.table["name"]);
  if (!reader || packName === undefined) {
    context.fail("packs", "has an entry without a name.");
    return undefined;
  }
  return {
    name: packName,
    weight: reader.number("weight", 0) ?? 1,
    priority: reader.number("priority") ?? 0,
    budget: readBudget(reader, "budget"),
  };
}

function readDirectives(context: TableReader): readonly Directive[] | undefined {
  const items = context.list("messages");
  return items?.flatMap((item) => readDirective(context, item) ?? []);
}

function readDirective(context: TableReader, item: Decoded): Directive | undefined {
  const table = isDecodedTable(item) ? item : undefined;
  const kind = table?.["directive"];
  if (kind === "history") return { kind };
  if (kind === "system" || kind === "user" || kind === "assistant") {
    const content = readText(table?.["value"]);
    if (content) return { kind, content };
    context.fail("messages", `${kind}(…) takes a text or a template(…).`);
    return undefined;
  }
  const template = kind === "template" ? readText(item) : undefined;
  if (template) return { kind: "system", content: template };
  const name = kind === "context" ? nameOf(table?.["value"]) : undefined;
  if (name === undefined) {
    context.fail("messages", "takes system(…), user(…), assistant(…), context(…) and history().");
    return undefined;
  }
  const options = table?.["options"];
  const reader = new TableReader({ budget: options }, `context("${name}")`, context.failures);
  return { kind: "context", pack: { name, weight: 1, priority: 0, budget: readBudget(reader, "budget") } };
}

function readText(value: Decoded): DirectiveText | undefined {
  if (typeof value === "string") return { text: value };
  if (!isDecodedTable(value) || value["directive"] !== "template") return undefined;
  const text = value["value"];
  return typeof text === "string" ? { text, variables: variablesOf(value["options"]) } : undefined;
}

function variablesOf(value: Decoded): JsonObject {
  const json = decodedJson(value);
  return isJsonObject(json) ? json : {};
}

function nameOf(value: Decoded): string | undefined {
  if (value instanceof DecodedHandle) return value.name;
  return typeof value === "string" ? value : undefined;
}

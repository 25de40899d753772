import { fail, ok, type Result } from "#common/result.ts";
import type { GenerateParams } from "#protocol/wire/requests.ts";
import { agentDeclaration } from "#vocabulary/declarations/agent.ts";
import { defaultTemperature, resolveModelName } from "#vocabulary/model-name.ts";
import { type Decoded, DecodedHandle, isDecodedTable } from "../schema/decoded.ts";
import { parseFieldSchemas, parseOutputSchema } from "../schema/field-schema.ts";
import { TableReader } from "../schema/table-reader.ts";
import type { AgentDefinition, ModelSettings } from "./agent-definition.ts";
import { parseHistoryFilter } from "./history-filter.ts";
import { readInlineTools, readTools } from "./parse-tool-expressions.ts";
import { outputOfStyle, type PromptingStyle, promptingStyle } from "./prompting-style.ts";
import { readRetryPolicy } from "./retry-policy.ts";

/** Settings that were in force when the agent was declared. */
export interface AgentDefaults {
  readonly provider?: string;
  readonly model?: string;
  /** Turns of an agent that does not say. */
  readonly maximumTurns?: number;
}

const fallbackModel = "gpt-4o";
const defaultToolRounds = 16;

/** Reads the table of `Agent {…}`. Failures are sentences that name the agent and the field. Unknown fields are left alone. */
export function parseAgent(
  name: string,
  table: Decoded,
  defaults: AgentDefaults,
): Result<AgentDefinition, readonly string[]> {
  const owner = `Agent '${name}'`;
  if (!isDecodedTable(table)) return fail([`${owner} needs a table: ${name} = Agent { … }.`]);
  const agent = new TableReader(table, owner);
  refuseRemovedFields(agent);
  const { provider, model } = readModelName(agent, defaults);
  if (!provider)
    agent.failures.push(`${owner} has no provider: set 'provider', or write the model as "openai/…".`);
  const systemPrompt = agent.text("system_prompt");
  if (!agent.has("system_prompt")) agent.fail("system_prompt", "is required.");
  const style = readStyle(agent);
  const definition: AgentDefinition = {
    name,
    provider: provider ?? "",
    model,
    settings: readSettings(agent, model),
    systemPrompt: systemPrompt ?? "",
    inlineTools: readInlineTools(agent),
    retry: readRetryPolicy(agent),
    maximumToolRounds: agent.integer("max_tool_followup_rounds", 0) ?? defaultToolRounds,
    style,
    historySource: readHistorySource(agent, name),
    ...readOptional(agent, { owner, style, defaults }),
  };
  return agent.failures.length > 0 ? fail(agent.failures) : ok(definition);
}

function readModelName(agent: TableReader, defaults: AgentDefaults) {
  const model =
    modelTable(agent)?.text("name") ??
    (isDecodedTable(agent.table["model"]) ? undefined : agent.text("model"));
  return resolveModelName(
    model ?? defaults.model ?? fallbackModel,
    agent.text("provider"),
    defaults.provider,
  );
}

function modelTable(agent: TableReader): TableReader | undefined {
  return isDecodedTable(agent.table["model"]) ? agent.nested("model") : undefined;
}

/** What the model table says wins over the agent's own fields. */
function readSettings(agent: TableReader, model: string): ModelSettings {
  const own = modelSettings(agent);
  const inTable = modelTable(agent);
  const temperature = defaultTemperature(model);
  const timeoutSeconds = agent.number("request_timeout", 0);
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...own,
    ...(inTable ? modelSettings(inTable) : {}),
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    ...(agent.boolean("disable_streaming") ? { streaming: false } : {}),
  };
}

function modelSettings(table: TableReader): ModelSettings {
  const temperature = table.number("temperature", 0);
  const maxTokens = table.integer("max_tokens", 1);
  const topP = table.number("top_p", 0);
  const seed = table.integer("seed", Number.MIN_SAFE_INTEGER);
  const reasoningEffort = table.text("reasoning_effort") ?? table.text("openai_reasoning_effort");
  const verbosity = table.text("verbosity");
  const presencePenalty = table.number("presence_penalty");
  const frequencyPenalty = table.number("frequency_penalty");
  const parallelToolCalls = table.boolean("parallel_tool_calls");
  return {
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequencyPenalty }),
    ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(topP === undefined ? {} : { topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
    ...(verbosity === undefined ? {} : { verbosity }),
  };
}

interface OptionalParts {
  readonly owner: string;
  readonly style: PromptingStyle;
  readonly defaults: AgentDefaults;
}

function readOptional(
  agent: TableReader,
  { owner, style, defaults }: OptionalParts,
): Partial<AgentDefinition> {
  const initialMessage = agent.text("initial_message");
  const tools = readTools(agent, owner);
  const toolChoice = readToolChoice(agent);
  const prepare = agent.callback("prepare");
  const context = agent.table["context"];
  const maximumTurns = agent.integer("max_turns", 1) ?? defaults.maximumTurns;
  return {
    ...(maximumTurns === undefined ? {} : { maximumTurns }),
    ...(initialMessage === undefined ? {} : { initialMessage }),
    ...(tools ? { tools } : {}),
    ...(toolChoice ? { toolChoice } : {}),
    ...(prepare ? { prepare } : {}),
    ...(typeof context === "string" || context instanceof DecodedHandle ? { context } : {}),
    ...readSchemas(agent, owner, style),
    ...readHistoryFilter(agent),
  };
}

function readSchemas(agent: TableReader, owner: string, style: PromptingStyle): Partial<AgentDefinition> {
  const input = parseFieldSchemas(agent.table["input"], { what: `input of ${owner}` });
  const output = parseOutputSchema(agent.table["output"], { what: `output of ${owner}` });
  if (!input.ok) agent.failures.push(...input.error);
  if (!output.ok) agent.failures.push(...output.error);
  const answered = output.ok ? outputOfStyle(style, output.value) : undefined;
  return {
    ...(input.ok && agent.has("input") ? { input: input.value } : {}),
    ...(answered ? { output: answered } : {}),
  };
}

/** `message_history.filter`, or the older `filter`. */
function readHistoryFilter(agent: TableReader): Partial<AgentDefinition> {
  const declared = agent.nested("message_history")?.table["filter"] ?? agent.table["filter"];
  if (declared === undefined) return {};
  const filter = parseHistoryFilter(declared);
  if (filter.ok) return { historyFilter: filter.value };
  agent.fail("filter", `${filter.error}.`);
  return {};
}

/** `message_history.source`: `"own"`, `"shared"`, or an agent by name or handle. */
function readHistorySource(agent: TableReader, name: string): AgentDefinition["historySource"] {
  const declared = agent.nested("message_history")?.table["source"];
  const source = declared instanceof DecodedHandle ? declared.name : declared;
  if (source === undefined || source === "own" || source === name) return "own";
  if (source === "shared") return source;
  if (typeof source === "string") return { agent: source };
  agent.fail("message_history", `must have a 'source' that is "own", "shared" or an agent.`);
  return "own";
}

/** A word, or a table that names one tool in one of the providers' spellings. */
function readToolChoice(agent: TableReader): GenerateParams["toolChoice"] {
  const declared = agent.table["tool_choice"];
  if (!isDecodedTable(declared))
    return agent.choice<"auto" | "required" | "none">("tool_choice", ["auto", "required", "none"]);
  const choice = agent.nested("tool_choice");
  const inside = isDecodedTable(declared["function"]) ? choice?.nested("function") : choice;
  const tool = inside?.text("name") ?? inside?.text("tool");
  if (tool) return { tool };
  agent.fail("tool_choice", 'must be "auto", "required", "none" or {tool = "name"}.');
  return undefined;
}

/** The styles of prompting may be written in any case. */
function readStyle(agent: TableReader): PromptingStyle {
  const given = agent.text("module");
  const style = promptingStyle(given ?? "raw");
  if (style) return style;
  const known = agentDeclaration.fields.find((field) => field.name === "module")?.values ?? [];
  agent.fail("module", `must be one of ${known.map((word) => `"${word}"`).join(", ")}.`);
  return "raw";
}

/** Fields of older versions, with what to write instead. */
function refuseRemovedFields(agent: TableReader): void {
  for (const { name, removed } of agentDeclaration.fields) {
    if (removed && agent.has(name)) agent.fail(name, `is not supported; use '${removed}'.`);
  }
}

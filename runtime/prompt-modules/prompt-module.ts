import { isJsonObject, type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { At } from "#protocol/events/events.ts";
import { Agent } from "../agents/agent.ts";
import type { AgentEnvironment } from "../agents/agent-environment.ts";
import { type AgentDefaults, parseAgent } from "../agents/parse-agent.ts";
import { promptingStyle } from "../agents/prompting-style.ts";
import { type Decoded, type DecodedTable, isDecodedTable } from "../schema/decoded.ts";
import { problemsText } from "../schema/field-problem.ts";
import { plainText } from "../schema/plain-text.ts";
import { validateFields } from "../schema/validate.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { readSignature, readSignatureFields, type Signature } from "./signature.ts";

/** A prompt made from a signature: each call is one turn of a model that remembers nothing. */
export interface PromptModule {
  readonly name: string;
  readonly signature: Signature;
  readonly strategy: string;
  /** Provider, model and settings of its own. */
  readonly settings: DecodedTable;
}

/** Which model a module without its own asks: what `LM(…)` set, else the defaults of the file. */
export interface ModuleModel {
  readonly languageModel: JsonObject | undefined;
  readonly defaults: AgentDefaults;
}

/** Strategies that the original knows by name and does not have either. */
const unknownStrategies: ReadonlySet<string> = new Set(["react", "programofthought"]);

const settingNames = ["provider", "model", "temperature", "max_tokens", "reasoning_effort", "verbosity"];

/** Reads the table of `Module "name" {…}`. The failure is a sentence that names the module. */
export function readPromptModule(name: string, config: Decoded): Result<PromptModule, string> {
  const owner = `Module '${name}'`;
  if (!isDecodedTable(config)) return fail(`${owner} needs a table: Module "${name}" {signature = "…"}.`);
  if (config["signature"] === undefined) return fail(`${owner}: field 'signature' is required.`);
  const signature = refined(readSignature(config["signature"]), config);
  if (!signature.ok) return fail(`${owner}: field 'signature' ${signature.error}`);
  const strategy = readStrategy(config["strategy"] ?? "predict");
  if (!strategy.ok) return fail(`${owner}: ${strategy.error}`);
  const own = settingNames.filter((key) => config[key] !== undefined).map((key) => [key, config[key]]);
  return ok({
    name,
    signature: signature.value,
    strategy: strategy.value,
    settings: Object.fromEntries(own),
  });
}

/** `input` and `output` of the module itself say more of the fields. */
function refined(signature: Result<Signature, string>, config: DecodedTable): Result<Signature, string> {
  if (!signature.ok) return signature;
  const { input, output } = config;
  const inputs = input === undefined ? ok(signature.value.input) : readSignatureFields(input, "input");
  const outputs = output === undefined ? ok(signature.value.output) : readSignatureFields(output, "output");
  if (!inputs.ok) return inputs;
  if (!outputs.ok) return outputs;
  return ok({ ...signature.value, input: inputs.value, output: outputs.value });
}

function readStrategy(given: Decoded): Result<string, string> {
  const word = typeof given === "string" ? given.toLowerCase().replaceAll("_", "") : "";
  if (promptingStyle(word)) return ok(word);
  return unknownStrategies.has(word)
    ? fail(`the strategy '${word}' is not implemented; use "predict", "chain_of_thought" or "raw".`)
    : fail('the strategy must be "predict", "chain_of_thought" or "raw".');
}

/** Asks the model once. Throws ProcedureFailure for inputs that are missing, and what the model's failure is. */
export function runPromptModule(
  module: PromptModule,
  call: { readonly inputs: Json; readonly at: At | undefined },
  model: ModuleModel,
  environment: AgentEnvironment,
): JsonObject {
  const { name, signature } = module;
  const checked = validateFields(signature.input, call.inputs, { what: "input", applyDefaults: true });
  if (!checked.ok)
    throw new ProcedureFailure("input-invalid", problemsText(`Module '${name}'`, checked.error));
  const message = Object.entries(checked.value)
    .map(([field, value]) => `${field}: ${plainText(value)}`)
    .join("\n\n");
  const turn = agentOf(module, model, environment).turn({ message, context: checked.value }, call.at);
  const output = isJsonObject(turn.output) ? turn.output : { response: turn.output };
  const text = onlyText(signature.output);
  if (text === undefined) return output;
  const thoughts = module.strategy === "chainofthought" ? output["reasoning"] : undefined;
  return { ...(thoughts === undefined ? {} : { reasoning: thoughts }), [text]: turn.text };
}

function agentOf(module: PromptModule, model: ModuleModel, environment: AgentEnvironment): Agent {
  const { name, signature, strategy, settings } = module;
  const declared = {
    ...model.languageModel,
    ...settings,
    system_prompt: instructions(signature),
    tools: [],
    module: strategy,
    // One text is answered as it is, anything else as an object with its fields.
    ...(onlyText(signature.output) === undefined
      ? { output: parseJsonSafely(JSON.stringify(signature.output)) }
      : {}),
  };
  const definition = parseAgent(name, declared, model.defaults);
  if (definition.ok) return new Agent(definition.value, environment);
  const message = definition.error.map((text) => text.replace(/^Agent/, "Module")).join("\n");
  throw new ProcedureFailure("declaration-invalid", message);
}

function instructions({ input, output, instructions: given }: Signature): string {
  const task = `Given ${names(input)}, produce ${names(output)}.`;
  return given === undefined ? task : `${given}\n\n${task}`;
}

function names(fields: object): string {
  const list = Object.keys(fields).map((name) => `\`${name}\``);
  return list.length === 0 ? "the message" : `the fields ${list.join(", ")}`;
}

function onlyText(output: Signature["output"]): string | undefined {
  const [first, ...others] = Object.entries(output);
  if (!first || others.length > 0) return undefined;
  const [name, field] = first;
  return field.type === "string" && !field.enum ? name : undefined;
}

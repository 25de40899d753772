import { isJsonObject, type JsonObject } from "#common/json.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import type { AssembledTurn, TurnParts } from "../contexts/context-assembler.ts";
import { CallbackFailure } from "../schema/decoded.ts";
import type { AgentDefinition, ModelSettings, TurnCall } from "./agent-definition.ts";
import { applyHistoryFilter } from "./history-filter.ts";
import type { ModelTurnPlan } from "./model-turn.ts";
import { systemPrompt } from "./system-prompt.ts";
import { renderTemplate } from "./template.ts";
import { type TurnContext, warn } from "./turn-context.ts";

/** What a turn sends apart from its own messages: prompt, earlier history, settings. Runs `prepare` and the filter. */
export function planTurn(
  definition: AgentDefinition,
  turn: TurnContext,
  call: TurnCall,
  history: readonly ChatMessage[],
  userMessage: string | undefined,
): ModelTurnPlan {
  const { environment } = turn;
  const prepared = prepare(definition, turn, call, userMessage);
  const input = { message: userMessage ?? "", ...call.context };
  const namespaces = {
    input,
    params: input,
    state: environment.state(),
    context: environment.runInput(),
    prepared,
  };
  const forFilter = { context: call.context, prepared, input };
  const parts = {
    system: systemPrompt(definition, call, namespaces),
    history: filteredHistory(definition, turn, history, forFilter),
    userMessage,
    namespaces,
  };
  return {
    definition,
    ...assembled(definition, turn, parts),
    settings: turnSettings(definition.settings, call),
  };
}

/** The agent's `context` arranges what is sent; without one it is prompt, history and message. */
function assembled(
  { context }: AgentDefinition,
  { environment }: TurnContext,
  parts: TurnParts,
): AssembledTurn {
  const { system, history, userMessage, namespaces } = parts;
  if (context === undefined || !environment.contexts) return { system, earlier: history, userMessage };
  const name = typeof context === "string" ? context : context.name;
  const question = {
    question: userMessage ?? "",
    ...(isJsonObject(namespaces["input"]) ? namespaces["input"] : {}),
  };
  return environment.contexts.assemble(name, { ...parts, namespaces: { ...namespaces, input: question } });
}

/** The message of the call; in the first turn else the declared first message, filled from the run and the call. */
export function userMessageOf(
  definition: AgentDefinition,
  turn: TurnContext,
  call: TurnCall,
  firstTurn: boolean,
): string | undefined {
  if (call.message) return call.message;
  if (definition.initialMessage === undefined || !firstTurn) return undefined;
  const input = { ...turn.environment.runInput(), ...call.context };
  const namespaces = { ...input, input, params: input, context: input, state: turn.environment.state() };
  return renderTemplate(definition.initialMessage, namespaces);
}

function turnSettings(declared: ModelSettings, call: TurnCall): ModelSettings {
  return {
    ...declared,
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
    ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
    ...(call.requestTimeout === undefined ? {} : { timeoutSeconds: call.requestTimeout }),
  };
}

/** A `prepare` that fails leaves its namespace empty; the turn goes on. */
function prepare(
  { name, prepare: hook }: AgentDefinition,
  turn: TurnContext,
  call: TurnCall,
  message: string | undefined,
): JsonObject {
  if (!hook) return {};
  try {
    const prepared = hook.call({ context: call.context, message: message ?? null });
    return isJsonObject(prepared) ? prepared : { value: prepared ?? null };
  } catch (thrown) {
    if (!(thrown instanceof CallbackFailure)) throw thrown;
    warn(turn, `The prepare function of agent '${name}' failed: ${thrown.message}`);
    return {};
  }
}

function filteredHistory(
  { name, historyFilter }: AgentDefinition,
  turn: TurnContext,
  messages: readonly ChatMessage[],
  forFunctions: JsonObject,
): readonly ChatMessage[] {
  if (!historyFilter) return messages;
  const onFailure = (message: string) => warn(turn, `Agent '${name}': ${message}`);
  return applyHistoryFilter(historyFilter, messages, { forFunctions, onFailure });
}

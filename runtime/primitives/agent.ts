import { type LuaFunction, type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/usage.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import type { Agent } from "../agents/agent.ts";
import type { TurnResult } from "../agents/agent-definition.ts";
import { latestMessages, tokensOf } from "../agents/history-filter.ts";
import { messageFromLua, messageToLua } from "../agents/message-form.ts";
import { parseTurnCall } from "../agents/parse-turn-call.ts";
import type { CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { DeclaredAgent } from "../declarations/agent-registry.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type Decoded, isDecodedTable } from "../schema/decoded.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { AgentResults } from "./agent-results.ts";

/** `Agent {…}`, `Agent "name" {…}`, and `Agent("name")` for one that exists. */
export function agentPrimitive(context: RunContext): LuaFunction {
  const { vm, agents } = context;
  const parts = { context, results: new AgentResults(vm) };
  const declare = (config: LuaTable, args: Arguments, name?: string): LuaTable =>
    declareAgent(parts, { config: context.decoder.decode(config, "Agent"), at: args.at, name });
  return vm.function("Agent", (args) => {
    const first = args.value(1);
    if (isTable(first)) return declare(first, args);
    if (typeof first !== "string") {
      throw new ProcedureFailure("declaration-invalid", "Agent requires a configuration table: Agent {…}.");
    }
    const config = args.value(2);
    if (isTable(config)) return declare(config, args, first);
    const existing = agents.find(first);
    if (existing) return existing.handle.table;
    return vm.function("Agent", (curried) => declare(curried.table(1), curried, first));
  });
}

const standaloneName = "dspy_agent";

/** `DSPyAgent {…}`: an agent with its name in the table, and the model that `LM` chose when it names none. */
export function standaloneAgentPrimitive(context: RunContext): LuaFunction {
  const { decoder, settings, vm } = context;
  const parts = { context, results: new AgentResults(vm) };
  return vm.function("DSPyAgent", (args) => {
    const given = decoder.decode(args.table(1), "DSPyAgent");
    const { name, toolsets, ...fields } = isDecodedTable(given) ? given : {};
    const config = {
      system_prompt: "",
      ...settings.languageModel,
      ...fields,
      ...(toolsets === undefined || fields["tools"] !== undefined ? {} : { tools: toolsets }),
    };
    return declareAgent(parts, {
      config,
      at: args.at,
      name: typeof name === "string" ? name : standaloneName,
    });
  });
}

interface AgentParts {
  readonly context: RunContext;
  readonly results: AgentResults;
}

interface AgentDeclaration {
  readonly config: Decoded;
  readonly at: At | undefined;
  readonly name: string | undefined;
}

function declareAgent(parts: AgentParts, { config, at, name }: AgentDeclaration): LuaTable {
  const { agents, handles, settings, vm } = parts.context;
  const live = (): Agent => agents.live(declared);
  const handle = handles.create({
    kind: "agent",
    name,
    at,
    call: (callArgs) => callAgent(parts, declared, callArgs),
    methods: {
      clear_history: () => void live().clearHistory(),
      get_history: () => messagesOf(live().history),
      cost: () => parts.results.cost(live().cost),
    },
  });
  const declared: DeclaredAgent = { handle, config, defaults: settings.agentDefaults() };
  handle.setMember("history", agentHistory(parts.context, live));
  handle.setMember("usage", parts.results.usage(noUsage));
  agents.add(declared);
  if (name !== undefined) makeGlobal(vm.engine.globals, name, handle.table);
  return handle.table;
}

/** `agent.history`: the messages of the agent, which its next turn sends. */
function agentHistory({ vm }: RunContext, live: () => Agent): LuaTable {
  return vm.library("history", {
    get: (args) =>
      messagesOf(
        latestMessages(live().history, { count: args.optionalNumber(1), tokens: args.optionalNumber(2) }),
      ),
    add: (args) => void live().remember(messageFromLua(vm.encode(args.table(1), "The message").json)),
    clear: () => void live().clearHistory(),
    truncate: (args) => void live().truncateHistory(Math.max(0, args.number(1))),
    count_tokens: () => tokensOf(live().history),
  });
}

function messagesOf(messages: readonly ChatMessage[]): LuaValue {
  return luaJson(JSON.stringify(messages.map(messageToLua)));
}

/** An agent that is declared under a name can be called by that name; what has the name already keeps it. */
function makeGlobal(globals: LuaTable, name: string, agent: LuaTable): void {
  if (globals.get(name) === undefined) globals.set(name, agent);
}

/** One call: one checkpoint around the whole turn. */
function callAgent({ context, results }: AgentParts, declared: DeclaredAgent, args: Arguments): LuaValue {
  const { agents, checkpoints, decoder, recorder } = context;
  const { handle } = declared;
  const agent = agents.live(declared);
  const argument = decoder.decode(args.value(1), `The call of agent '${handle.name}'`);
  const call = parseTurnCall(handle.name, argument);
  if (!call.ok) throw new ProcedureFailure("lua-error", call.error.join("\n"));
  const at = args.at;
  recorder.observer?.beforeTurn(handle.name);
  const result = checkpoints.run(
    { kind: "turn", name: handle.name, ...(at ? { at } : {}) },
    () => agent.turn(call.value, at),
    recordedTurn,
  );
  handle.setMember("output", agent.output);
  handle.setMember("usage", results.usage(agent.usage));
  return results.table(result);
}

/** What a resumed run needs to go on as if the turn had just been made. */
function recordedTurn(result: TurnResult): CheckpointValue {
  const { output, text, usage, cost, provider, model, messages } = result;
  const priced = cost === undefined ? {} : { cost };
  const encoded = JSON.stringify({ output, text, usage, ...priced, provider, model, messages });
  return { text: encoded, json: JSON.parse(encoded) };
}

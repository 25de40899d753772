import { type LuaFunction, type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import { noUsage } from "#protocol/events/usage.ts";
import type { TurnResult } from "../agents/agent-definition.ts";
import { messageToLua } from "../agents/message-form.ts";
import { parseTurnCall } from "../agents/parse-turn-call.ts";
import type { CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { DeclaredAgent } from "../declarations/agent-registry.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { AgentResults } from "./agent-results.ts";

/** `Agent {…}`, `Agent "name" {…}`, and `Agent("name")` for one that exists. */
export function agentPrimitive(context: RunContext): LuaFunction {
  const { vm, agents } = context;
  const results = new AgentResults(vm);
  const declare = (config: LuaTable, args: Arguments, name?: string): LuaTable =>
    declareAgent({ context, results }, config, args, name);
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

interface AgentParts {
  readonly context: RunContext;
  readonly results: AgentResults;
}

function declareAgent(
  parts: AgentParts,
  config: LuaTable,
  args: Arguments,
  name: string | undefined,
): LuaTable {
  const { agents, decoder, handles, settings, vm } = parts.context;
  const clearHistory = (): undefined => {
    agents.live(declared).clearHistory();
  };
  const history = (): LuaValue => luaJson(JSON.stringify(agents.live(declared).history.map(messageToLua)));
  const handle = handles.create({
    kind: "agent",
    name,
    at: args.at,
    call: (callArgs) => callAgent(parts, declared, callArgs),
    methods: {
      clear_history: clearHistory,
      get_history: history,
      cost: () => parts.results.cost(agents.live(declared).cost),
    },
  });
  const declared: DeclaredAgent = {
    handle,
    config: decoder.decode(config, "Agent"),
    defaults: settings.agentDefaults(),
  };
  handle.setMember("history", vm.library("history", { get: history, clear: clearHistory }));
  handle.setMember("usage", parts.results.usage(noUsage));
  agents.add(declared);
  if (name !== undefined) makeGlobal(vm.engine.globals, name, handle.table);
  return handle.table;
}

/** An agent that is declared under a name can be called by that name; what has the name already keeps it. */
function makeGlobal(globals: LuaTable, name: string, agent: LuaTable): void {
  if (globals.get(name) === undefined) globals.set(name, agent);
}

/** One call: one checkpoint around the whole turn. */
function callAgent({ context, results }: AgentParts, declared: DeclaredAgent, args: Arguments): LuaValue {
  const { agents, checkpoints, decoder } = context;
  const { handle } = declared;
  const agent = agents.live(declared);
  const argument = decoder.decode(args.value(1), `The call of agent '${handle.name}'`);
  const call = parseTurnCall(handle.name, argument);
  if (!call.ok) throw new ProcedureFailure("lua-error", call.error.join("\n"));
  const at = args.at;
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

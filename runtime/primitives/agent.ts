import { type LuaFunction, type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { Usage } from "#protocol/events/usage.ts";
import type { TurnResult } from "../agents/agent-definition.ts";
import { messageToLua } from "../agents/message-form.ts";
import { parseTurnCall } from "../agents/parse-turn-call.ts";
import type { CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { DeclaredAgent } from "../declarations/agent-registry.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { tagKey } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/** `Agent {…}`, `Agent "name" {…}`, and `Agent("name")` for one that exists. */
export function agentPrimitive(context: RunContext): LuaFunction {
  const { vm, agents } = context;
  return vm.function("Agent", (args) => {
    const first = args.value(1);
    if (isTable(first)) return declare(context, first, undefined, args);
    if (typeof first !== "string") {
      throw new ProcedureFailure("declaration-invalid", "Agent requires a configuration table: Agent {…}.");
    }
    const config = args.value(2);
    if (isTable(config)) return declare(context, config, first, args);
    const existing = agents.find(first);
    if (existing) return existing.handle.table;
    return vm.function("Agent", (curried) => declare(context, curried.table(1), first, curried));
  });
}

function declare(context: RunContext, config: LuaTable, name: string | undefined, args: Arguments): LuaTable {
  const { agents, decoder, handles, settings, vm } = context;
  const clearHistory = (): undefined => {
    agents.live(declared).clearHistory();
  };
  const handle = handles.create({
    kind: "agent",
    name,
    at: args.at,
    call: (callArgs) => callAgent(context, declared, callArgs),
    methods: {
      clear_history: clearHistory,
      get_history: () => luaJson(JSON.stringify(agents.live(declared).history.map(messageToLua))),
      cost: () => costTable(vm, agents.live(declared).cost, undefined),
    },
  });
  const declared: DeclaredAgent = {
    handle,
    config: decoder.decode(config, "Agent"),
    defaults: settings.agentDefaults(),
  };
  handle.setMember(
    "history",
    vm.library("history", {
      get: () => luaJson(JSON.stringify(agents.live(declared).history.map(messageToLua))),
      clear: clearHistory,
    }),
  );
  handle.setMember("usage", vm.table(usageFields({ inputTokens: 0, outputTokens: 0, totalTokens: 0 })));
  agents.add(declared);
  return handle.table;
}

function callAgent(context: RunContext, declared: DeclaredAgent, args: Arguments): LuaValue {
  const { agents, checkpoints, decoder, vm } = context;
  const { handle } = declared;
  const agent = agents.live(declared);
  const call = parseTurnCall(
    handle.name,
    decoder.decode(args.value(1), `The call of agent '${handle.name}'`),
  );
  if (!call.ok) throw new ProcedureFailure("lua-error", call.error.join("\n"));
  const at = args.at;
  const result = checkpoints.run(
    { kind: "turn", name: handle.name, ...(at ? { at } : {}) },
    () => agent.turn(call.value, at),
    recordedTurn,
  );
  handle.setMember("output", agent.output);
  handle.setMember("usage", vm.table(usageFields(agent.usage)));
  return resultTable(vm, result);
}

/** What a resumed run needs to go on as if the turn had just been made. */
function recordedTurn(result: TurnResult): CheckpointValue {
  const { output, text, usage, cost, provider, model, messages } = result;
  const recorded = {
    output,
    text,
    usage,
    ...(cost === undefined ? {} : { cost }),
    provider,
    model,
    messages,
  };
  const encoded = JSON.stringify(recorded);
  return { text: encoded, json: JSON.parse(encoded) };
}

/** The result of a turn: `.output`, `.usage`, `.cost()`, `.cost_stats`; as text it is the answer. */
function resultTable(vm: Vm, result: TurnResult): LuaTable {
  const cost = (): LuaTable => costTable(vm, result.cost ?? 0, result);
  const table = vm.table({
    output: vm.decode(result.output),
    usage: vm.table(usageFields(result.usage)),
    cost_stats: cost(),
    cost: vm.function("cost", cost),
  });
  table.setMetatable(
    vm.table({
      __index: vm.table({ message: result.text, response: result.text, value: table.get("output") }),
      __tostring: vm.function("tostring", () => result.text),
      __name: "agent result",
      [tagKey]: "result",
    }),
  );
  return table;
}

function usageFields(usage: Usage): Record<string, number> {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
  };
}

function costTable(vm: Vm, total: number, source: { provider: string; model: string } | undefined): LuaTable {
  return vm.table({ total_cost: total, provider: source?.provider, model: source?.model });
}

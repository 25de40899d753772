import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { Usage } from "#protocol/events/usage.ts";
import type { TurnResult } from "../agents/agent-definition.ts";
import { isTable } from "../vm/arguments.ts";
import { tagKey } from "../vm/handles.ts";
import type { Vm } from "../vm/vm.ts";

const aliases = "__index";

/** Makes what an agent's call gives to Lua. */
export class AgentResults {
  readonly #vm: Vm;
  readonly #asText: LuaFunction;

  constructor(vm: Vm) {
    this.#vm = vm;
    this.#asText = vm.function("tostring", (args) => messageOf(args.table(1))).retain();
  }

  /** The result of a turn: `.output`, `.usage`, `.cost()`, `.cost_stats`; as text it is the answer. */
  table(result: TurnResult): LuaTable {
    const vm = this.#vm;
    const cost = this.cost(result.cost ?? 0, result);
    const table = vm.table({
      output: vm.decode(result.output),
      usage: this.usage(result.usage),
      cost_stats: cost,
      cost: vm.constant(cost),
    });
    table.setMetatable(
      vm.table({
        [aliases]: vm.table({ message: result.text, response: result.text, value: table.get("output") }),
        __tostring: this.#asText,
        __name: "agent result",
        [tagKey]: "result",
      }),
    );
    return table;
  }

  usage(usage: Usage): LuaTable {
    return this.#vm.table({
      prompt_tokens: usage.inputTokens,
      completion_tokens: usage.outputTokens,
      total_tokens: usage.totalTokens,
    });
  }

  /** US dollars; `source` is the model that they were paid for. */
  cost(total: number, source?: { readonly provider: string; readonly model: string }): LuaTable {
    return this.#vm.table({ total_cost: total, provider: source?.provider, model: source?.model });
  }
}

function messageOf(result: LuaTable): LuaValue {
  const shown = result.getMetatable()?.get(aliases);
  return isTable(shown) ? shown.get("message") : undefined;
}

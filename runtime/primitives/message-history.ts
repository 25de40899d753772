import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import { type KeptMessages, MessageList } from "../state/message-list.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive, Vm } from "../vm/vm.ts";

const keptKinds: readonly KeptMessages[] = ["system_prefix", "system_all", "none"];

/**
 * `MessageHistory.*`, in older programs `Session.*`: a list of messages that the procedure keeps for itself; agents do
 * not read it.
 */
export function messageHistoryPrimitive(vm: Vm, ports: Pick<RuntimePorts, "now">): LuaTable {
  const list = new MessageList(() => ports.now());
  const append = (value: LuaValue): void => {
    list.append(vm.encode(value, "The message").json);
  };
  return vm.library("MessageHistory", {
    append: changing((args) => append(args.exact(1))),
    inject_system: changing((args) => list.append({ role: "system", content: args.text(1) })),
    get: () => asLua(list.all),
    history: () => asLua(list.all),
    head: (args) => asLua(list.head(args.number(1))),
    tail: (args) => asLua(list.tail(args.number(1))),
    slice: (args) => asLua(slice(list, args)),
    tail_tokens: (args) => asLua(list.tailTokens(args.number(1))),
    keep_head: changing((args) => list.keep(list.head(args.number(1)))),
    keep_tail: changing((args) => list.keep(list.tail(args.number(1)))),
    keep_tail_tokens: changing((args) => list.keep(list.tailTokens(args.number(1)))),
    clear: changing(() => list.keep([])),
    replace: changing((args) => {
      const { json } = vm.encode(args.table(1), "The messages");
      list.replace(Array.isArray(json) ? json : []);
    }),
    reset: changing((args) => list.reset(kept(args))),
    rewind: changing((args) => list.keep(list.head(list.all.length - Math.max(0, args.number(1))))),
    checkpoint: (args) => list.mark(args.optionalText(1)),
    // Names of the original that do nothing there either.
    load_from_node: () => undefined,
    save_to_node: () => undefined,
    rewind_to: changing((args) => {
      list.rewindTo(typeof args.value(1) === "string" ? args.text(1) : args.number(1));
    }),
  });
}

/** A function that gives nothing back. */
function changing(change: (args: Arguments) => unknown): Primitive {
  return (args) => {
    change(args);
    return undefined;
  };
}

function asLua(messages: ReturnType<MessageList["head"]>): LuaValue {
  return luaJson(JSON.stringify(messages));
}

/** `slice {start = 1, stop = 3}`; without options it is empty. */
function slice(list: MessageList, args: Arguments): ReturnType<MessageList["head"]> {
  const options = args.optionalTable(1);
  if (!options) return [];
  const start = options.get("start");
  const stop = options.get("stop");
  return list.slice(typeof start === "number" ? start : 1, typeof stop === "number" ? stop : undefined);
}

/** What `reset` keeps: `{keep = "…"}` or a text. */
function kept(args: Arguments): KeptMessages {
  const given = args.value(1);
  const word = isTable(given) ? given.get("keep") : given;
  const kind = keptKinds.find((known) => known === (word ?? "system_prefix"));
  if (kind) return kind;
  throw new ProcedureFailure("lua-error", `MessageHistory.reset: keep is one of ${keptKinds.join(", ")}.`);
}

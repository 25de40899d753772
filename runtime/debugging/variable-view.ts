import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { InspectedValue, NamedValue } from "#lua/inspection.ts";
import type { DebugValue, Scope, Variable } from "#protocol/debugging/inspection.ts";
import { nameCharacters, pageEntries } from "#protocol/debugging/limits.ts";
import { messageToLua } from "../agents/message-form.ts";
import { isTable } from "../vm/arguments.ts";
import { tagKey } from "../vm/handles.ts";
import type { DebuggedProgram } from "./debugged-program.ts";
import type { ShownFrame } from "./stack-view.ts";
import { type ValueHolder, ValueHolders } from "./value-holders.ts";
import { countedKeys, keyText, memberExpression, releaseValue, shortened } from "./value-preview.ts";

interface Page {
  readonly filter?: "indexed" | "named" | undefined;
  readonly start?: number | undefined;
  readonly count?: number | undefined;
}

type Place = Pick<ValueHolder, "program" | "frame">;

/** Shows values with their parts, page by page. */
export class VariableView {
  readonly holders: ValueHolders = new ValueHolders();

  /** Innermost first. */
  scopes({ program, at, isNative }: ShownFrame): Scope[] {
    const place = { program, frame: isNative ? undefined : at };
    const { context, inspector } = program;
    const scopes: Scope[] = [];
    if (!isNative) {
      for (const kind of ["locals", "upvalues"] as const) {
        const named = release(kind === "locals" ? inspector.locals(at) : inspector.upvalues(at));
        const reference = this.holders.add({ ...place, content: { kind }, expression: "" });
        if (named > 0) scopes.push({ kind, reference, named, expensive: false });
      }
    }
    const input = context.vm.copyOf(JSON.stringify(program.input())).retain();
    const { globals } = context.vm.engine;
    return [
      ...scopes,
      this.#tableScope(
        "state",
        { table: context.state.values, owned: false },
        { ...place, expression: "State" },
      ),
      this.#tableScope("input", { table: input, owned: true }, { ...place, expression: undefined }),
      this.#tableScope("globals", { table: globals, owned: false }, { ...place, expression: "" }),
    ];
  }

  variables(reference: number, page: Page): Variable[] {
    const holder = this.holders.find(reference);
    const { content } = holder;
    if (content.kind === "table") return this.#members(holder, content.table, page);
    const { inspector } = holder.program;
    if (!holder.frame) return [];
    const named =
      content.kind === "locals" ? inspector.locals(holder.frame) : inspector.upvalues(holder.frame);
    const wanted = page.filter === "indexed" ? [] : paged(named, page);
    const shown = wanted.map((value) => this.#variable(value.name, value, holder, value.name));
    release(named.filter((value) => !wanted.includes(value)));
    return shown;
  }

  /** Shows one value; what it holds is let go of with everything that was shown. */
  value(inspected: InspectedValue, place: Place, expression: string | undefined): DebugValue {
    const { program } = place;
    const { text, type } = program.previews.of(inspected);
    if (!isTable(inspected.value)) {
      releaseValue(inspected.value);
      return { value: text, type, reference: 0 };
    }
    const table = this.#shownTable(inspected.value, program);
    const owned = table !== program.context.state.values;
    if (table !== inspected.value) inspected.value.release();
    const reference = this.holders.add({ ...place, content: { kind: "table", table, owned }, expression });
    const indexed = table.length();
    const named = program.inspector.namedKeys(table, countedKeys).length;
    if (named + indexed === 0) return { value: text, type, reference: 0 };
    return { value: text, type, reference, named, indexed };
  }

  /** The table whose entries are shown for a table: members of a handle, values of the state, else its own. */
  #shownTable(table: LuaTable, program: DebuggedProgram): LuaTable {
    const handle = program.context.handles.of(table);
    const metatable = table.getMetatable();
    if (handle?.kind === "agent") return this.#agentTable(handle.name, table, program);
    const members = handle ? metatable?.get("__index") : undefined;
    if (isTable(members)) return members.retain();
    if (metatable?.get(tagKey) === "state") return program.context.state.values;
    return table;
  }

  /** What is known of an agent, its messages among it. */
  #agentTable(name: string, table: LuaTable, { context }: DebuggedProgram): LuaTable {
    const declared = context.agents.find(name);
    if (!declared) return table;
    const agent = context.agents.live(declared);
    const { output, usage, cost } = agent;
    const shown = context.vm.engine.createTable().retain();
    shown.set("name", name);
    shown.set("output", output);
    shown.set("usage", luaJson(JSON.stringify(usage)));
    shown.set("cost", cost);
    shown.set("messages", luaJson(JSON.stringify(agent.history.map(messageToLua))));
    shown.set("tools", luaJson(JSON.stringify(agent.tools.map((tool) => tool.name))));
    return shown;
  }

  #members(holder: ValueHolder, table: LuaTable, page: Page): Variable[] {
    const { inspector } = holder.program;
    const length = table.length();
    const sequence = Array.from({ length: Math.min(length, windowEnd(page)) }, (_, index) => index + 1);
    const keys: LuaValue[] = page.filter === "named" ? [] : sequence;
    const wanted =
      page.filter !== "indexed" && keys.length < windowEnd(page)
        ? [...keys, ...inspector.namedKeys(table, countedKeys)]
        : keys;
    return paged(wanted, page).map((key) =>
      this.#variable(keyText(key), inspector.inspect(table, key), holder, memberOf(holder, key)),
    );
  }

  #variable(
    name: string,
    inspected: InspectedValue,
    { program, frame }: ValueHolder,
    expression: string | undefined,
  ): Variable {
    const shown = this.value(inspected, { program, frame }, expression);
    const named = expression && expression.length <= nameCharacters;
    return {
      name: shortened(name, nameCharacters),
      ...shown,
      ...(named ? { evaluateName: expression } : { readOnly: true }),
    };
  }

  #tableScope(
    kind: Scope["kind"],
    content: { readonly table: LuaTable; readonly owned: boolean },
    holder: Place & { readonly expression: string | undefined },
  ): Scope {
    const { inspector } = holder.program;
    const { table } = content;
    const reference = this.holders.add({ ...holder, content: { kind: "table", ...content } });
    const named = inspector.namedKeys(table, countedKeys).length + table.length();
    return { kind, reference, named, expensive: kind === "globals" };
  }
}

/** The expression of a member; one of a scope is a name by itself. */
function memberOf({ expression }: ValueHolder, key: LuaValue): string | undefined {
  if (expression === undefined) return undefined;
  if (expression !== "") return memberExpression(expression, key);
  return typeof key === "string" ? key : undefined;
}

/** Lets go of values that are only counted; gives how many there are. */
function release(values: readonly NamedValue[]): number {
  for (const { value } of values) releaseValue(value);
  return values.length;
}

function windowEnd({ start = 0, count = pageEntries }: Page): number {
  return start + count;
}

function paged<Item>(items: readonly Item[], { start = 0, count = pageEntries }: Page): readonly Item[] {
  return items.slice(start, start + count);
}

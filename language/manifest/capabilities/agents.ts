import { textOf, WrittenTable } from "#language/manifest/sources/constant-values.ts";
import type { GlobalUses } from "#language/manifest/sources/global-uses.ts";
import { parentsOf } from "#language/manifest/sources/parents.ts";
import { beside, type Placed } from "#language/manifest/sources/placed.ts";
import { usesOfGlobal } from "#language/manifest/sources/program.ts";
import { type CallOfValue, usesOf, type ValueUse } from "#language/manifest/sources/value-uses.ts";
import type { Expression } from "#language/syntax/tree.ts";
import { assignedName, type DeclaredTools } from "./declared-tools.ts";
import type { ModelTargets } from "./model-targets.ts";
import type { Reading } from "./reading.ts";
import { anyTool, type ToolTarget, toolWords } from "./tool-targets.ts";

/** What agents are made with: which models they ask, which tools those may call, turn by turn. */
export class Agents {
  readonly #reading: Reading;
  readonly #models: ModelTargets;
  readonly #tools: DeclaredTools;

  constructor(reading: Reading, models: ModelTargets, tools: DeclaredTools) {
    this.#reading = reading;
    this.#models = models;
    this.#tools = tools;
  }

  /** `Agent {…}` and `DSPyAgent {…}`. */
  add(word: "Agent" | "DSPyAgent", use: ValueUse): void {
    if (use.kind === "call" && use.path.length > 0) return;
    const config =
      use.kind === "call" ? use.arguments.find(({ kind }) => kind === "TableExpression") : undefined;
    if (use.kind === "call" && config?.kind === "TableExpression") {
      const table = new WrittenTable(beside(use.place, config), this.#reading.globals);
      this.#declared(word, use, table);
    } else if (use.kind === "escape" || !this.#isLookUp(use)) this.#unknown(use.place);
  }

  /** `Agent("x")` for an agent that is declared. */
  #isLookUp({ arguments: given, place }: CallOfValue): boolean {
    const [first] = given;
    const text = first && textOf(beside(place, first), this.#reading.globals);
    if (text?.kind !== "text") return false;
    return (
      usesOfGlobal("Agent", this.#reading.globals).some(
        (use) => use.kind === "call" && use.arguments.length > 1 && this.#nameByText(use) === text.text,
      ) || this.#reading.globals.writes(text.text).length > 0
    );
  }

  #nameByText({ arguments: given, place }: CallOfValue): string | undefined {
    const [first] = given;
    const text = first && textOf(beside(place, first), this.#reading.globals);
    return text?.kind === "text" ? text.text : undefined;
  }

  /** An agent whose table only a run can know. */
  #unknown(place: Placed): void {
    const { list } = this.#reading;
    list.add(
      { capability: "model", target: undefined, detail: "asks a model that only a run can know" },
      place,
    );
    for (const tool of anyTool) list.add({ ...tool, detail: `lets an agent call ${toolWords(tool)}` }, place);
  }

  #declared(word: "Agent" | "DSPyAgent", use: CallOfValue, table: WrittenTable): void {
    const name = this.#nameOf(word, use, table);
    const agent = { name, label: name ?? localName(use.place) };
    this.#model(word, agent.label, use.place, table);
    const tools = this.#toolsOf(table, name);
    for (const tool of tools) this.#offer(tool, agent.label, fieldPlace(table, "tools", use.place));
    this.#limits(agent.label, table);
    this.#turns(use, agent, tools.length === 0 || choosesOnly(table));
  }

  #nameOf(word: string, use: CallOfValue, table: WrittenTable): string | undefined {
    if (word === "DSPyAgent") {
      const field = table.text("name");
      return field.kind === "absent" ? "dspy_agent" : field.kind === "text" ? field.text : undefined;
    }
    if (use.arguments[0]?.kind !== "TableExpression") return this.#nameByText(use);
    return assignedName(use.place);
  }

  #model(word: string, agent: string | undefined, place: Placed, table: WrittenTable): void {
    const model = table.table("model");
    const inTable = typeof model === "string" ? undefined : model.text("name");
    const own = { provider: table.text("provider"), model: inTable ?? table.text("model") };
    // What `LM` sets stands for itself, where it is set.
    const isOfLanguageModel =
      word === "DSPyAgent" && own.model.kind === "absent" && this.#setsLanguageModel();
    if (isOfLanguageModel) return;
    for (const target of this.#models.of(own, place))
      this.#reading.list.add(
        {
          capability: "model",
          target,
          agent,
          detail: `asks the model ${target ?? "that only a run can know"}`,
        },
        fieldPlace(table, "model", place),
      );
  }

  #setsLanguageModel(): boolean {
    return this.#reading.globals.reads("LM").length > 0;
  }

  /** What the model may call: the agent's own list, or the default ones, and the tools that are declared in it. */
  #toolsOf(table: WrittenTable, name: string | undefined): readonly ToolTarget[] {
    const listed = table.table("tools");
    const declared = listed === "absent" ? this.#tools.defaults() : this.#tools.ofList(listed);
    const inline = table.table("inline_tools");
    if (inline === "absent") return declared;
    const items = inline === "dynamic" ? undefined : inline.items();
    if (!items) return [...declared, ...anyTool];
    const own = items.flatMap((item) => {
      const tool = inline === "dynamic" ? undefined : inline.inside(item);
      return tool ? this.#tools.inlineTargets(tool, name) : anyTool;
    });
    return [...declared, ...own];
  }

  #offer(tool: ToolTarget, agent: string | undefined, place: Placed): void {
    this.#reading.list.add({ ...tool, agent, detail: `may call ${toolWords(tool)}` }, place);
  }

  #limits(agent: string | undefined, table: WrittenTable): void {
    for (const [field, words] of limitFields) {
      const value = table.field(field);
      if (typeof value === "string" || value.node.kind !== "NumberExpression") continue;
      const { value: limit } = value.node;
      this.#reading.list.add(
        {
          capability: "limit",
          target: field,
          agent,
          value: limit,
          detail: `takes at most ${limit} ${words}`,
        },
        value,
      );
    }
  }

  /** Tools of single turns. Those of an agent that has none may be any of the file, or from outside. */
  #turns(
    use: CallOfValue,
    agent: { readonly name: string | undefined; readonly label: string | undefined },
    isBare: boolean,
  ): void {
    for (const turn of this.#usesOfAgent(use, agent.name)) {
      const tools = this.#toolsOfTurn(turn);
      if (tools === "unknown" && isBare)
        for (const tool of anyTool) this.#offer(tool, agent.label, turn.place);
      if (typeof tools === "string") continue;
      // An agent with tools of its own has no others in any turn.
      for (const tool of isBare ? tools : tools.filter(({ target }) => target !== undefined))
        this.#reading.list.add(
          { ...tool, agent: agent.label, turn: true, detail: `may call ${toolWords(tool)} in this turn` },
          turn.place,
        );
    }
  }

  /** The handle, and for an agent that is named by a text the global of that name and look-ups by it. */
  #usesOfAgent(use: CallOfValue, name: string | undefined): readonly ValueUse[] {
    const { globals } = this.#reading;
    const direct = use.form === "plain" ? usesOf(use.place, globals) : [];
    const byName = name === undefined ? [] : usesOfGlobal(name, globals);
    const lookedUp = usesOfGlobal("Agent", globals).flatMap((other) =>
      other.kind === "call" && other.place.node !== use.place.node ? turnsOfLookUp(other, globals) : [],
    );
    const unfollowed: ValueUse[] =
      use.form === "plain" ? [] : [{ kind: "escape", path: [], place: use.place }];
    return [...direct, ...byName, ...lookedUp, ...unfollowed];
  }

  #toolsOfTurn(turn: ValueUse): readonly ToolTarget[] | "same" | "unknown" {
    if (turn.path.length > 0) return "same";
    if (turn.kind === "escape" || turn.form === "method") return "unknown";
    const [options] = turn.arguments;
    if (!options || isText(options.kind)) return "same";
    if (options.kind !== "TableExpression") {
      const text = textOf(beside(turn.place, options), this.#reading.globals);
      return text.kind === "dynamic" ? "unknown" : "same";
    }
    const tools = new WrittenTable(beside(turn.place, options), this.#reading.globals).table("tools");
    if (tools === "absent") return "same";
    return tools === "dynamic" ? "unknown" : this.#tools.ofList(tools);
  }
}

/** `Agent("x")` gives an agent that is declared, and `Agent("x")(…)` is a turn of it then. */
function turnsOfLookUp(use: CallOfValue, globals: GlobalUses): readonly ValueUse[] {
  const [name, ...options] = use.arguments;
  if (!name || name.kind === "TableExpression") return [];
  return options.length === 0 ? usesOf(use.place, globals) : [{ ...use, arguments: options }];
}

/** Numbers of an agent that bound what it may take. */
const limitFields = [
  ["max_turns", "turns"],
  ["max_tool_followup_rounds", "rounds of tool calls in a turn"],
] as const;

/** Whether all that it has is chosen from toolsets, which may leave nothing. */
function choosesOnly(table: WrittenTable): boolean {
  const listed = table.table("tools");
  const items = typeof listed === "string" ? undefined : listed.items();
  return items?.every(({ node }) => node.kind === "TableExpression") === true;
}

function isText(kind: string): boolean {
  return kind === "StringExpression";
}

/** Where a field stands; else where the agent does. */
function fieldPlace(table: WrittenTable, name: string, place: Placed): Placed {
  const field = table.field(name);
  return typeof field === "string" ? place : field;
}

/** `local writer = Agent {…}`: what people call it; a run makes another name up. */
function localName({ model, node }: Placed): string | undefined {
  const parent = parentsOf(model.top).get(node);
  if (parent?.kind !== "LocalStatement") return undefined;
  return parent.names[parent.values.indexOf(node as Expression)]?.name.text;
}

import { constantOf, textOf, WrittenTable } from "#language/manifest/sources/constant-values.ts";
import { parentsOf } from "#language/manifest/sources/parents.ts";
import { beside, type Placed } from "#language/manifest/sources/placed.ts";
import { usesOfGlobal } from "#language/manifest/sources/program.ts";
import { toolFileModule } from "#language/manifest/sources/taken-files.ts";
import type { CallOfValue } from "#language/manifest/sources/value-uses.ts";
import type { CallExpression, Expression, Node } from "#language/syntax/tree.ts";
import type { Reading } from "./reading.ts";
import { anyOutside, anyTool, sourceTargets, type ToolTarget } from "./tool-targets.ts";

/** A tool or a toolset, as its declaration tells. */
interface Declared {
  /** Undefined: only a run can know. */
  readonly name: string | undefined;
  readonly place: Placed;
  readonly isToolset: boolean;
  readonly targets: () => readonly ToolTarget[];
}

/** The tools and toolsets that the files of a program declare, and what values and names that stand for tools mean. */
export class DeclaredTools {
  readonly #reading: Reading;
  readonly #declared: readonly Declared[];
  /** Toolsets whose members are being found: one that names itself must come to an end. */
  readonly #open = new Set<Declared>();
  /** Values whose meaning is being found: variables that stand for each other must come to an end. */
  readonly #followed = new Set<Node>();

  constructor(reading: Reading) {
    this.#reading = reading;
    const { globals, program } = reading;
    const tools = usesOfGlobal("Tool", globals).flatMap((use) =>
      use.kind === "call" ? this.#tool(use) : [],
    );
    const toolsets = usesOfGlobal("Toolset", globals).flatMap((use) =>
      use.kind === "call" ? this.#toolset(use) : [],
    );
    const standard = program.libraries.flatMap(({ name, call }) => this.#standard(name, call));
    this.#declared = [...tools, ...toolsets, ...standard];
  }

  /** Every tool that the files declare, where that stands. */
  get all(): ReadonlyArray<{ readonly place: Placed; readonly targets: readonly ToolTarget[] }> {
    return this.#declared.map((declared) => ({ place: declared.place, targets: this.#targetsOf(declared) }));
  }

  /** What an agent without `tools` is offered. */
  defaults(): readonly ToolTarget[] {
    const { config } = this.#reading;
    if (config.defaultToolsets.length > 0) return config.defaultToolsets.flatMap((name) => this.named(name));
    const servers = Object.keys(config.mcpServers).map(
      (server): ToolTarget => ({ capability: "tool.mcp", target: server }),
    );
    const plugins: ToolTarget[] =
      config.toolPaths.length > 0 ? [{ capability: "tool.plugin", target: undefined }] : [];
    return [...this.#declared.flatMap((declared) => this.#targetsOf(declared)), ...servers, ...plugins];
  }

  /** What a name means: a declared tool or toolset, a server, the plugins, or a source. */
  named(name: string): readonly ToolTarget[] {
    const { servers } = this.#reading;
    const known = this.#declared.filter((declared) => declared.name === name);
    const unknown = this.#declared.filter((declared) => declared.name === undefined);
    const declared = [...known, ...unknown].flatMap((one) => this.#targetsOf(one));
    if (known.length > 0) return declared;
    if (servers.has(name)) return [...declared, { capability: "tool.mcp", target: name }];
    if (name === "plugin") return [...declared, { capability: "tool.plugin", target: undefined }];
    const source = sourceTargets(name, servers);
    // Nothing here has the name: it may be a server of whoever runs it.
    return source.length > 0 || declared.length > 0
      ? [...declared, ...source]
      : [{ capability: "tool.mcp", target: name }];
  }

  /** What an entry of a list of tools means: a name, a handle, or a table that chooses from a toolset. */
  ofValue(value: Placed<Expression>): readonly ToolTarget[] {
    if (this.#followed.has(value.node)) return anyTool;
    this.#followed.add(value.node);
    const targets = this.#ofValue(value);
    this.#followed.delete(value.node);
    return targets;
  }

  #ofValue(value: Placed<Expression>): readonly ToolTarget[] {
    const { globals } = this.#reading;
    const text = textOf(value, globals);
    if (text.kind === "text") return this.named(text.text);
    const { node } = value;
    switch (node.kind) {
      case "ParenthesizedExpression":
        return this.ofValue(beside(value, node.inner));
      case "TableExpression":
        return this.#chosen(new WrittenTable(beside(value, node), globals));
      case "NameExpression":
        return this.#ofName(value);
      case "CallExpression":
        return this.#ofCall(beside(value, node));
      case "MemberExpression":
        return this.#ofMember(value, node);
      default:
        return anyTool;
    }
  }

  /** The items of a list of tools; any tool where only a run can know the list. */
  ofList(table: WrittenTable | "dynamic"): readonly ToolTarget[] {
    const items = table === "dynamic" ? undefined : table.items();
    return items ? items.flatMap((item) => this.ofValue(item)) : anyTool;
  }

  #targetsOf(declared: Declared): readonly ToolTarget[] {
    if (this.#open.has(declared)) return [];
    this.#open.add(declared);
    try {
      return declared.targets();
    } finally {
      this.#open.delete(declared);
    }
  }

  #chosen(table: WrittenTable): readonly ToolTarget[] {
    const name = table.field("name");
    return typeof name === "string" ? anyTool : this.ofValue(name);
  }

  #ofName(value: Placed<Expression>): readonly ToolTarget[] {
    const { globals } = this.#reading;
    const constant = constantOf(value, globals);
    if (constant) return this.ofValue(constant);
    const { node, model, source } = value;
    if (node.kind !== "NameExpression" || model.scopes.bindingOf.has(node)) return anyTool;
    if (source.file.names.topLocal(node.text, model.index)) return anyTool;
    const writes = globals.writes(node.text);
    if (writes.length === 0 || writes.some(({ value: given }) => !given)) return anyTool;
    return writes.flatMap(({ value: given }) => (given ? this.ofValue(given) : []));
  }

  /** A declaration in place, `require("tactus.tools.done")`, or a look-up by name. */
  #ofCall(value: Placed<CallExpression>): readonly ToolTarget[] {
    const known = this.#declared.filter(
      ({ place }) => place.model === value.model && place.node === value.node,
    );
    if (known.length > 0) return known.flatMap((declared) => this.#targetsOf(declared));
    const returned = this.#returnedBy(value);
    return returned ? this.ofValue(returned) : anyTool;
  }

  /** What a module gives to whoever requires it. */
  #returnedBy(value: Placed<CallExpression>): Placed<Expression> | undefined {
    const required = this.#reading.program.required.find(({ call }) => isSame(call.place, value));
    const model = required?.file.file.models.findLast(({ top }) => top.node.kind === "ReturnStatement");
    const node = model?.top.node.kind === "ReturnStatement" ? model.top.node.values[0] : undefined;
    return required && model && node && { source: required.file, model, node };
  }

  /** `mcp.server` and `mcp.server.tool`. */
  #ofMember(value: Placed, node: Node & { readonly kind: "MemberExpression" }): readonly ToolTarget[] {
    const { object, member } = node;
    const { servers, globals } = this.#reading;
    if (isGlobal(beside(value, object), "mcp") && globals.writes("mcp").length === 0)
      return sourceTargets(`mcp.${member.text}`, servers);
    const isTool = object.kind === "MemberExpression" && isGlobal(beside(value, object.object), "mcp");
    return isTool ? sourceTargets(`mcp.${object.member.text}.${member.text}`, servers) : anyTool;
  }

  #tool(use: CallOfValue): readonly Declared[] {
    const { globals } = this.#reading;
    const [member] = use.path;
    if (member === "get" || (member === undefined && use.arguments[0]?.kind !== "TableExpression"))
      return [this.#lookedUp(use)];
    if (member !== undefined) return [];
    const [config] = use.arguments;
    if (config?.kind !== "TableExpression") return [];
    const table = new WrittenTable(beside(use.place, config), globals);
    const name = this.#nameOf(use, table);
    return [{ name, place: use.place, isToolset: false, targets: () => this.#toolTargets(table, name) }];
  }

  /** `Tool("x")` and `Tool.get("x")`: a declared tool, else one from outside. */
  #lookedUp(use: CallOfValue): Declared {
    const [first] = use.arguments;
    const text = first ? textOf(beside(use.place, first), this.#reading.globals) : undefined;
    const targets = (): readonly ToolTarget[] => {
      if (text?.kind !== "text" || use.form === "method") return anyTool;
      const known = this.#declared.filter(({ name, place }) => name === text.text && place !== use.place);
      if (known.length > 0) return known.flatMap((one) => this.#targetsOf(one));
      const source = sourceTargets(text.text, this.#reading.servers);
      return source.length > 0 ? source : anyOutside;
    };
    return { name: "", place: use.place, isToolset: false, targets };
  }

  #toolTargets(table: WrittenTable, name: string | undefined): readonly ToolTarget[] {
    const use = table.text("use");
    const source = use.kind === "absent" ? table.text("source") : use;
    if (source.kind === "absent") return [{ capability: "tool.lua", target: name }];
    const text = source.kind === "text" ? source.text : undefined;
    const module = text === undefined ? undefined : toolFileModule(text);
    if (module !== undefined) return [{ capability: "tool.lua", target: name }];
    return sourceTargets(text, this.#reading.servers, name);
  }

  #toolset(use: CallOfValue): readonly Declared[] {
    const [member] = use.path;
    const { globals } = this.#reading;
    if (member === "get" || member === "combine" || member === "filter") return [this.#derived(use)];
    if (member !== undefined && member !== "define") return [];
    const config = use.arguments.find((argument) => argument.kind === "TableExpression");
    if (config?.kind !== "TableExpression")
      return [{ name: undefined, place: use.place, isToolset: true, targets: () => anyTool }];
    const table = new WrittenTable(beside(use.place, config), globals);
    const name = this.#nameOf(use, table);
    return [{ name, place: use.place, isToolset: true, targets: () => this.#toolsetTargets(table, name) }];
  }

  /** What is made of other toolsets has at most what they have. */
  #derived(use: CallOfValue): Declared {
    const values = use.arguments.filter(({ kind }) => kind !== "FunctionExpression");
    const targets = (): readonly ToolTarget[] =>
      use.form === "method" ? anyTool : values.flatMap((value) => this.ofValue(beside(use.place, value)));
    return { name: "", place: use.place, isToolset: true, targets };
  }

  #toolsetTargets(table: WrittenTable, name: string | undefined): readonly ToolTarget[] {
    const type = table.text("type");
    if (type.kind === "dynamic") return anyTool;
    const kind = type.kind === "text" ? type.text : undefined;
    if (kind === "combined") return this.#listIn(table, "sources");
    if (kind === "filtered") return this.#valueIn(table, "source");
    const use = table.text("use");
    if (use.kind !== "absent") return this.#fromSource(use.kind === "text" ? use.text : undefined);
    if (kind === "mcp") return this.#fromServer(table);
    if (kind === "plugin") return [{ capability: "tool.plugin", target: undefined }];
    return this.#members(table, name);
  }

  #fromSource(source: string | undefined): readonly ToolTarget[] {
    const module = source === undefined ? undefined : toolFileModule(source);
    // The tools of another file are declared there.
    return module === undefined
      ? sourceTargets(source, this.#reading.servers)
      : [{ capability: "tool.lua", target: undefined }];
  }

  #fromServer(table: WrittenTable): readonly ToolTarget[] {
    const server = table.text("server");
    return [{ capability: "tool.mcp", target: server.kind === "text" ? server.text : undefined }];
  }

  #valueIn(table: WrittenTable, field: string): readonly ToolTarget[] {
    const value = table.field(field);
    return typeof value === "string" ? anyTool : this.ofValue(value);
  }

  #listIn(table: WrittenTable, field: string): readonly ToolTarget[] {
    const list = table.table(field);
    return list === "absent" ? [] : this.ofList(list);
  }

  /** Names and handles, or tools that are declared in place. */
  #members(table: WrittenTable, name: string | undefined): readonly ToolTarget[] {
    const list = table.table("tools");
    if (typeof list === "string") return list === "absent" ? [] : anyTool;
    const items = list.items();
    if (!items) return anyTool;
    const inline = items.flatMap((item) => list.inside(item) ?? []);
    if (inline.length === 0) return items.flatMap((item) => this.ofValue(item));
    return inline.flatMap((tool) => this.inlineTargets(tool, name));
  }

  /** A tool that is declared in its toolset or its agent, under both names that it has. */
  inlineTargets(table: WrittenTable, owner: string | undefined): readonly ToolTarget[] {
    const name = table.text("name");
    const plain = name.kind === "text" ? name.text : undefined;
    const prefixed = plain === undefined || owner === undefined ? undefined : `${owner}_${plain}`;
    const targets = this.#toolTargets(table, plain);
    const renamed = targets
      .filter(({ capability }) => capability === "tool.lua")
      .map((one) => ({ ...one, target: prefixed }));
    return [...targets, ...renamed];
  }

  /** `require("tactus.tools.done")`: known by its own name, and by the global that it is put into. */
  #standard(module: string, call: CallOfValue): readonly Declared[] {
    const [, name] = /^tactus\.tools\.(\w+)$/.exec(module) ?? [];
    if (name === undefined) return [];
    const assigned = assignedName(call.place);
    const names = assigned === undefined || assigned === name ? [name] : [name, assigned];
    return names.map((each) => ({
      name: each,
      place: call.place,
      isToolset: false,
      targets: () => names.map((target): ToolTarget => ({ capability: "tool.lua", target })),
    }));
  }

  /** The text before the table, the global that it is assigned to, or its field `name`; else a run makes one up. */
  #nameOf(use: CallOfValue, table: WrittenTable): string | undefined {
    const [first] = use.arguments;
    const text =
      first && first.kind !== "TableExpression"
        ? textOf(beside(use.place, first), this.#reading.globals)
        : undefined;
    if (text) return text.kind === "text" ? text.text : undefined;
    const field = table.text("name");
    if (field.kind === "text") return field.text;
    return assignedName(use.place);
  }
}

/** The global that a value is assigned to, directly. */
export function assignedName({ model, node }: Placed): string | undefined {
  const parent = parentsOf(model.top).get(node);
  if (parent?.kind !== "Assignment") return undefined;
  const target = parent.targets[parent.values.indexOf(node as Expression)];
  return target?.kind === "NameExpression" && !model.scopes.bindingOf.has(target) ? target.text : undefined;
}

function isSame(one: Placed, other: Placed): boolean {
  return one.model === other.model && one.node === other.node;
}

function isGlobal({ model, node, source }: Placed, name: string): boolean {
  return (
    node.kind === "NameExpression" &&
    node.text === name &&
    !model.scopes.bindingOf.has(node) &&
    source.file.names.topLocal(name, model.index) === undefined
  );
}

import { type EffectCall, Effects, isCall } from "#language/diagnostics/workflow/effects.ts";
import {
  findUnstable,
  type UnstableCheckpoint,
} from "#language/diagnostics/workflow/unstable-checkpoints.ts";
import { functionContexts } from "#language/semantics/inference/function-contexts.ts";
import type { Call, Inference } from "#language/semantics/inference/inference.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Expression, FunctionBody, Node } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** What calls a function: a local of its own statement, or a name of the file (`f`, `M.f`, `@Tool search`). */
export type UnitName = Binding | string;

/** Code that runs as a whole: the body of a function, or what stands in a statement outside of functions. */
export interface FunctionUnit {
  readonly model: StatementModel;
  /**
   * `workflow`: a run executes it. `load`: when the file is read. `elsewhere`: inside a turn, or in tests. `called`:
   * where those run that call it.
   */
  readonly runs: "workflow" | "load" | "elsewhere" | "called";
  readonly names: readonly UnitName[];
  /** What it calls or hands on. */
  readonly uses: ReadonlySet<UnitName>;
  readonly effects: readonly UnitEffect[];
  /** It has calls that are recorded, so that there is something to resume. */
  readonly hasCheckpoints: boolean;
  readonly unstable: readonly UnstableCheckpoint[];
}

/** An effect where it stands; as a statement, its value goes nowhere. */
export interface UnitEffect extends EffectCall {
  readonly isStatement: boolean;
}

const unitsOf = new WeakMap<StatementModel, readonly FunctionUnit[]>();

/** The units of a statement; kept with its model, since types are asked. Functions that a checkpoint runs are left out. */
export function functionUnits(model: StatementModel, types: Inference): readonly FunctionUnit[] {
  const known = unitsOf.get(model);
  if (known) return known;
  const reader = new UnitReader(model, types);
  reader.read();
  unitsOf.set(model, reader.units);
  return reader.units;
}

/** A unit that is being read. */
interface Draft {
  readonly runs: FunctionUnit["runs"];
  readonly names: readonly UnitName[];
  readonly uses: Set<UnitName>;
  readonly effects: UnitEffect[];
  hasCheckpoints: boolean;
}

class UnitReader {
  readonly units: FunctionUnit[] = [];
  readonly #model: StatementModel;
  readonly #effects: Effects;
  readonly #bindingAt: ReadonlyMap<number, Binding>;
  /** Functions that are units of their own. */
  readonly #separate = new Set<FunctionBody>();

  constructor(model: StatementModel, types: Inference) {
    this.#model = model;
    this.#effects = new Effects(model, types);
    this.#bindingAt = new Map(model.scopes.bindings.map((binding) => [binding.span.start, binding]));
  }

  read(): void {
    const { node } = this.#model.top;
    this.#unit({ runs: "load", names: [] }, node, (draft) => this.#visit(node, draft, undefined));
  }

  #unit(role: Pick<Draft, "runs" | "names">, root: Node, fill: (draft: Draft) => void): void {
    const draft: Draft = { ...role, uses: new Set(), effects: [], hasCheckpoints: false };
    fill(draft);
    const { runs, names, uses, effects, hasCheckpoints } = draft;
    const unstable =
      hasCheckpoints && effects.length > 0
        ? findUnstable(root, { model: this.#model, effects: this.#effects, others: this.#separate })
        : [];
    this.units.push({ model: this.#model, runs, names, uses, effects, hasCheckpoints, unstable });
  }

  #visit(node: Node, draft: Draft, parent: Node | undefined): void {
    if (node.kind === "FunctionBody") {
      this.#function(node, draft, parent);
      return;
    }
    if (isCall(node)) {
      this.#call(node, draft, parent?.kind === "CallStatement");
      return;
    }
    if (node.kind === "NameExpression" || node.kind === "MemberExpression") this.#name(node, draft);
    this.#inside(node, draft);
  }

  #inside(node: Node, draft: Draft): void {
    for (const child of childrenOf(node)) {
      // What a function is assigned to is known from the statement around it.
      if (child.kind === "FunctionExpression") this.#function(child.body, draft, node);
      else this.#visit(child, draft, node);
    }
  }

  #call(call: Call, draft: Draft, isStatement: boolean): void {
    if (this.#effects.isCheckpoint(call)) {
      draft.hasCheckpoints = true;
      // The functions that it is given are recorded with it; so are those that are handed to it by name.
      for (const argument of call.arguments)
        if (!isFunctionValue(argument)) this.#visit(argument, draft, call);
      this.#visit(call.kind === "MethodCall" ? call.object : call.callee, draft, call);
      return;
    }
    const effect = this.#effects.effectOf(call);
    if (effect) draft.effects.push({ ...effect, isStatement });
    if (effect?.tool) draft.uses.add(toolName(effect.tool));
    if (call.kind === "MethodCall" && call.object.kind === "NameExpression")
      this.#member(call.object, call.method.text, draft);
    this.#inside(call, draft);
  }

  #name(node: Extract<Node, { kind: "NameExpression" | "MemberExpression" }>, draft: Draft): void {
    if (node.kind === "MemberExpression") {
      if (node.object.kind === "NameExpression") this.#member(node.object, node.member.text, draft);
      return;
    }
    draft.uses.add(this.#nameOf(this.#model.scopes.bindingOf.get(node), node.text));
  }

  #member(object: Extract<Node, { kind: "NameExpression" }>, member: string, draft: Draft): void {
    const name = this.#nameOf(this.#model.scopes.bindingOf.get(object), object.text);
    if (typeof name === "string") draft.uses.add(`${name}.${member}`);
  }

  /** Locals of the outermost block are names of the file, since other statements see them. */
  #nameOf(binding: Binding | undefined, text: string): UnitName {
    return binding && !binding.isTopLevel ? binding : text;
  }

  #function(body: FunctionBody, draft: Draft, parent: Node | undefined): void {
    const role = this.#roleOf(body, parent);
    if (role === "same") {
      this.#inside(body, draft);
      return;
    }
    this.#separate.add(body);
    // Its own statements are not those of another function.
    this.#unit(role, body.block, (own) => this.#inside(body, own));
  }

  #roleOf(body: FunctionBody, parent: Node | undefined): Pick<Draft, "runs" | "names"> | "same" {
    const context = functionContexts(this.#model).get(body);
    if (context?.kind === "field" || context?.kind === "inlineTool") return { runs: "elsewhere", names: [] };
    if (context?.kind === "body") {
      const { kind, name } = context.site;
      const runs =
        kind === "Procedure" || kind === "Task" || kind === "TaskFunction" ? "workflow" : "elsewhere";
      return { runs, names: kind === "Tool" && name ? [toolName(name.text)] : [] };
    }
    const name = context?.kind === "argument" ? undefined : this.#assignedName(body, parent);
    return name === undefined ? "same" : { runs: "called", names: [name] };
  }

  #assignedName(body: FunctionBody, parent: Node | undefined): UnitName | undefined {
    switch (parent?.kind) {
      case "LocalFunction":
        return this.#localName(parent.name.start, parent.name.text);
      case "FunctionStatement":
        return this.#targetName(parent.target);
      case "LocalStatement": {
        const local = parent.names[indexOf(body, parent.values)];
        return local && this.#localName(local.name.start, local.name.text);
      }
      case "Assignment": {
        const target = parent.targets[indexOf(body, parent.values)];
        return target && this.#targetName(target);
      }
      case "NamedField": {
        const owner = this.#tableName(parent);
        return owner === undefined ? undefined : `${owner}.${parent.name.text}`;
      }
      default:
        return undefined;
    }
  }

  #localName(start: number, text: string): UnitName {
    return this.#nameOf(this.#bindingAt.get(start), text);
  }

  #targetName(target: Expression): UnitName | undefined {
    if (target.kind === "NameExpression")
      return this.#nameOf(this.#model.scopes.bindingOf.get(target), target.text);
    if (target.kind !== "MemberExpression" || target.object.kind !== "NameExpression") return undefined;
    const name = this.#nameOf(this.#model.scopes.bindingOf.get(target.object), target.object.text);
    return typeof name === "string" ? `${name}.${target.member.text}` : undefined;
  }

  /** The name of the file that the table holds which the whole statement assigns. */
  #tableName(field: Node): string | undefined {
    const { node } = this.#model.top;
    if (node.kind !== "LocalStatement" && node.kind !== "Assignment") return undefined;
    const index = node.values.findIndex(
      (value) => value.kind === "TableExpression" && value.fields.some((each) => each === field),
    );
    const target = node.kind === "LocalStatement" ? node.names[index]?.name : node.targets[index];
    return target?.kind === "NameNode" || target?.kind === "NameExpression" ? target.text : undefined;
  }
}

/** The name under which the body of a tool is found. */
export function toolName(name: string): string {
  return `@Tool ${name}`;
}

function isFunctionValue({ kind }: Expression): boolean {
  return kind === "FunctionExpression" || kind === "NameExpression" || kind === "MemberExpression";
}

function indexOf(body: FunctionBody, values: readonly Expression[]): number {
  return values.findIndex((value) => value.kind === "FunctionExpression" && value.body === body);
}

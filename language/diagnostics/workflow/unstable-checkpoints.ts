import { nameOfCallee } from "#language/diagnostics/vocabulary-call.ts";
import { type EffectCall, type Effects, isCall } from "#language/diagnostics/workflow/effects.ts";
import { canEndWithoutReturn } from "#language/semantics/control-flow.ts";
import { returnsIn } from "#language/semantics/inference/function-types.ts";
import type { Call } from "#language/semantics/inference/inference.ts";
import { valueAt } from "#language/semantics/scope-binder.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Block, Expression, FunctionBody, IfStatement, Node, Statement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** A call that is recorded, and that happens only when something not recorded comes out in a certain way. */
export interface UnstableCheckpoint {
  readonly call: Call;
  /** For people. */
  readonly name: string;
  /** What decides; each counts only if it has an effect. */
  readonly sources: readonly EffectCall[];
}

/** What finding them takes. */
interface UnitSurroundings {
  readonly model: StatementModel;
  readonly effects: Effects;
  /** Functions inside of it that are looked at by themselves. */
  readonly others: ReadonlySet<FunctionBody>;
}

/**
 * Finds the recorded calls of a function, or of a statement outside of functions, that stand under a condition which
 * depends on an effect outside of any checkpoint. Locals are followed inside the statement.
 */
export function findUnstable(
  root: Node,
  { model, effects, others }: UnitSurroundings,
): readonly UnstableCheckpoint[] {
  const finder = new UnstableFinder(model, effects, others);
  finder.visit(root, nothing);
  // Locals that are set under such a condition depend on it too.
  if (finder.hasDecided) finder.again(root);
  return finder.found;
}

type Sources = ReadonlySet<EffectCall>;

const nothing: Sources = new Set();

class UnstableFinder {
  found: UnstableCheckpoint[] = [];
  readonly #model: StatementModel;
  readonly #effects: Effects;
  readonly #others: ReadonlySet<FunctionBody>;
  readonly #known = new Map<Binding, Sources>();
  /** Locals whose value depends on whether an assignment happened. */
  readonly #decided = new Map<Binding, Sources>();

  constructor(model: StatementModel, effects: Effects, others: ReadonlySet<FunctionBody>) {
    this.#model = model;
    this.#effects = effects;
    this.#others = others;
  }

  get hasDecided(): boolean {
    return this.#decided.size > 0;
  }

  again(root: Node): void {
    this.found = [];
    this.#known.clear();
    this.visit(root, nothing);
  }

  visit(node: Node, guard: Sources): void {
    switch (node.kind) {
      case "FunctionBody":
        if (!this.#others.has(node)) this.visit(node.block, guard);
        return;
      case "Block":
        this.#block(node, guard);
        return;
      case "IfStatement":
        this.#if(node, guard);
        return;
      case "WhileStatement":
      case "RepeatStatement":
        this.#loop(node.block, [node.condition], guard);
        return;
      case "NumericFor":
        this.#loop(node.block, [node.from, node.to, ...(node.step ? [node.step] : [])], guard);
        return;
      case "GenericFor":
        this.#loop(node.block, node.iterators, guard);
        return;
      case "BinaryExpression":
        this.visit(node.left, guard);
        this.visit(node.right, isShortCut(node.operator) ? join(guard, this.#sourcesOf(node.left)) : guard);
        return;
      case "Assignment":
        this.#note(node.targets, guard);
        break;
      case "CallExpression":
      case "MethodCall":
        if (this.#checkpoint(node, guard)) return;
        break;
      default:
        break;
    }
    for (const child of childrenOf(node)) this.visit(child, guard);
  }

  #block({ statements }: Block, guard: Sources): void {
    let rest = guard;
    for (const statement of statements) {
      this.visit(statement, rest);
      rest = join(rest, this.#leaving(statement));
    }
  }

  /** What stands behind `if … then return end` happens only when the condition did not hold. */
  #leaving(statement: Statement): Sources {
    if (statement.kind !== "IfStatement") return nothing;
    const leaves = statement.clauses.some(({ block }) => !canEndWithoutReturn(block));
    return leaves ? this.#all(statement.clauses.map(({ condition }) => condition)) : nothing;
  }

  #if({ clauses, elseBlock }: IfStatement, guard: Sources): void {
    let before = guard;
    for (const { condition, block } of clauses) {
      this.visit(condition, before);
      before = join(before, this.#sourcesOf(condition));
      this.visit(block, before);
    }
    if (elseBlock) this.visit(elseBlock, before);
  }

  #loop(block: Block, conditions: readonly Expression[], guard: Sources): void {
    for (const condition of conditions) this.visit(condition, guard);
    this.visit(block, join(guard, this.#all(conditions)));
  }

  #note(targets: readonly Expression[], guard: Sources): void {
    if (guard.size === 0) return;
    for (const target of targets) {
      const binding = target.kind === "NameExpression" && this.#model.scopes.bindingOf.get(target);
      if (binding) this.#decided.set(binding, join(this.#decided.get(binding) ?? nothing, guard));
    }
  }

  /** True when the call is recorded: what it is given happens inside of it. */
  #checkpoint(call: Call, guard: Sources): boolean {
    if (!this.#effects.isCheckpoint(call)) return false;
    if (guard.size > 0)
      this.found.push({ call, name: nameOfCallee(call) ?? "this call", sources: [...guard] });
    for (const argument of call.arguments)
      if (argument.kind !== "FunctionExpression") this.visit(argument, guard);
    return true;
  }

  #all(nodes: readonly Node[]): Sources {
    return nodes.reduce<Sources>((all, each) => join(all, this.#sourcesOf(each)), nothing);
  }

  /** The effects that a value depends on. */
  #sourcesOf(node: Node): Sources {
    if (node.kind === "NameExpression") {
      const binding = this.#model.scopes.bindingOf.get(node);
      return binding ? this.#sourcesOfBinding(binding) : nothing;
    }
    if (node.kind === "FunctionBody") return this.#all(returnsIn(node.block).flatMap(({ values }) => values));
    if (isCall(node) && this.#effects.isCheckpoint(node)) return nothing;
    const effect = isCall(node) ? this.#effects.effectOf(node) : undefined;
    return childrenOf(node).reduce<Sources>(
      (all, child) => join(all, this.#sourcesOf(child)),
      effect ? new Set([effect]) : nothing,
    );
  }

  #sourcesOfBinding(binding: Binding): Sources {
    const known = this.#known.get(binding);
    if (known) return known;
    this.#known.set(binding, nothing);
    const written = binding.uses.flatMap(({ access, value }) =>
      access === "write" && value?.expression ? [value.expression] : [],
    );
    const sources = join(
      this.#all([...initialValues(binding), ...written]),
      this.#decided.get(binding) ?? nothing,
    );
    this.#known.set(binding, sources);
    return sources;
  }
}

function initialValues({ origin }: Binding): readonly Node[] {
  if (origin.kind === "function") return [origin.body];
  if (origin.kind === "local") {
    const { expression } = valueAt(origin.statement.values, origin.index);
    return expression ? [expression] : [];
  }
  return origin.kind === "loop" && origin.statement.kind === "GenericFor" ? origin.statement.iterators : [];
}

function isShortCut(operator: string): boolean {
  return operator === "and" || operator === "or";
}

function join(first: Sources, second: Sources): Sources {
  if (second.size === 0) return first;
  return first.size === 0 ? second : new Set([...first, ...second]);
}

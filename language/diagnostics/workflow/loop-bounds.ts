import type { StatementContext } from "#language/diagnostics/rule.ts";
import { nameOfCallee, vocabularyCall } from "#language/diagnostics/vocabulary-call.ts";
import { isCall } from "#language/diagnostics/workflow/effects.ts";
import type { Loop } from "#language/diagnostics/workflow/loops.ts";
import type { Call } from "#language/semantics/inference/inference.ts";
import type { Binding, WrittenValue } from "#language/semantics/scopes.ts";
import type { Expression, FunctionBody, NameExpression, Node } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** Words that count, or that let a person decide. */
const counting: ReadonlySet<string> = new Set(["Iterations", "Stop", "Human"]);
const stateWords: ReadonlySet<string> = new Set(["State", "state"]);

/** What of a loop bounds how often it is gone through, as far as that is certain; a doubt counts as a bound. */
export class LoopBounds {
  readonly #context: Pick<StatementContext, "model" | "types">;
  readonly #loop: Loop;
  readonly #visited = new Set<NameExpression>();

  constructor(loop: Loop, context: Pick<StatementContext, "model" | "types">) {
    this.#loop = loop;
    this.#context = context;
  }

  isBounded(): boolean {
    return this.#loop.endsAtOnce || this.#loop.conditions.some((condition) => this.#bounds(condition));
  }

  /** Whether something that is asked changes with what the model does. */
  asksModel(): boolean {
    return this.#loop.conditions.some((condition) => this.#isOfModel(condition, new Set()));
  }

  /** The agent that the loop calls. */
  agent(): string | undefined {
    for (const part of this.#loop.body) {
      const name = this.#agentIn(part, new Set());
      if (name !== undefined) return name;
    }
    return undefined;
  }

  #agentIn(node: Node, seen: Set<FunctionBody>): string | undefined {
    if (isCall(node)) {
      const name = this.#calledAgent(node, seen);
      if (name !== undefined) return name;
    }
    for (const child of childrenOf(node)) {
      if (child.kind === "FunctionBody" && node.kind !== "FunctionExpression") continue;
      const name = this.#agentIn(child, seen);
      if (name !== undefined) return name;
    }
    return undefined;
  }

  #calledAgent(call: Call, seen: Set<FunctionBody>): string | undefined {
    if (call.kind !== "CallExpression") return undefined;
    const { types, model } = this.#context;
    const type = types.typeOf(model, call.callee);
    if (type.kind === "handle" && type.handle === "agent") return type.name ?? "";
    const binding = call.callee.kind === "NameExpression" && model.scopes.bindingOf.get(call.callee);
    const body = binding ? bodyOf(binding) : undefined;
    if (!body || seen.has(body)) return undefined;
    seen.add(body);
    return this.#agentIn(body.block, seen);
  }

  #bounds(node: Expression): boolean {
    switch (node.kind) {
      case "LiteralExpression":
      case "NumberExpression":
      case "StringExpression":
        return false;
      case "BinaryExpression":
        return this.#bounds(node.left) || this.#bounds(node.right);
      case "UnaryExpression":
        return this.#bounds(node.operand);
      case "ParenthesizedExpression":
        return this.#bounds(node.inner);
      case "NameExpression":
        return this.#isChanged(node);
      case "MemberExpression":
        return !this.#isHandle(node) && this.#bounds(node.object);
      case "IndexExpression":
        return this.#bounds(node.object) || this.#bounds(node.key);
      case "CallExpression":
      case "MethodCall":
        return this.#callBounds(node);
      default:
        return true;
    }
  }

  #callBounds(call: Call): boolean {
    if (this.#isOfModel(call, new Set())) return false;
    const root = rootOf(call);
    if (root && counting.has(root.text)) return true;
    if (root && stateWords.has(root.text)) return this.#changesState();
    const known = vocabularyCall(this.#context.types, this.#context.model, call);
    // What only computes is as good as its arguments; anything else may know when it is enough.
    if (!known || known.entry.effect !== undefined) return true;
    const parts = call.kind === "MethodCall" ? [call.object, ...call.arguments] : call.arguments;
    return parts.some((part) => this.#bounds(part));
  }

  /** Whether the loop gives the variable another value, by itself and not by what the model answers. */
  #isChanged(name: NameExpression): boolean {
    if (stateWords.has(name.text)) return this.#changesState();
    if (this.#visited.has(name)) return false;
    this.#visited.add(name);
    const values = this.#writesOf(name);
    if (values.some(({ expression }) => !expression || !this.#isOfModel(expression, new Set()))) return true;
    return this.#mayBeChangedInside(name);
  }

  #writesOf(name: NameExpression): readonly WrittenValue[] {
    const { model } = this.#context;
    const binding = model.scopes.bindingOf.get(name);
    const uses = binding?.uses ?? model.scopes.free.filter((use) => use.name === name.text);
    const written = uses.filter(({ access, node }) => access === "write" && this.#isInside(node));
    const own = binding && this.#isInside(binding.span) ? [initialValue(binding)] : [];
    return [...own, ...written.map(({ value }) => value ?? {})];
  }

  /** A table that is changed, or handed to a function that may do so. */
  #mayBeChangedInside(name: NameExpression): boolean {
    const { model } = this.#context;
    const binding = model.scopes.bindingOf.get(name);
    const isSame = (other: NameExpression): boolean =>
      binding ? model.scopes.bindingOf.get(other) === binding : other.text === name.text;
    const isWritten = model.scopes.memberWrites.some(({ root }) => isSame(root) && this.#isInside(root));
    return isWritten || this.#loop.body.some((part) => this.#handsOver(part, isSame));
  }

  #handsOver(node: Node, isSame: (name: NameExpression) => boolean): boolean {
    const isTarget =
      node.kind === "Assignment" &&
      node.targets.some(
        ({ kind, ...target }) =>
          kind === "IndexExpression" && "object" in target && isName(target.object, isSame),
      );
    if (isTarget) return true;
    if (isCall(node) && !this.#isOfModel(node, new Set())) {
      const given = node.kind === "MethodCall" ? [node.object, ...node.arguments] : node.arguments;
      if (given.some((argument) => isName(argument, isSame)) && !isReader(node)) return true;
    }
    return childrenOf(node).some((child) => this.#handsOver(child, isSame));
  }

  #changesState(): boolean {
    return this.#loop.body.some((part) => this.#writesState(part));
  }

  #writesState(node: Node): boolean {
    if (isCall(node)) {
      const name = nameOfCallee(node) ?? "";
      if (/^State[.:](?:set|increment|append|clear)$/.test(name)) return true;
      const isUnknown = !vocabularyCall(this.#context.types, this.#context.model, node);
      if (isUnknown) return true;
    }
    if (
      node.kind === "Assignment" &&
      node.targets.some((target) => stateWords.has(rootOf(target)?.text ?? ""))
    )
      return true;
    return childrenOf(node).some((child) => this.#writesState(child));
  }

  /** Whether a value comes from an agent, or tells what tools an agent has called. */
  #isOfModel(node: Node, seen: Set<Binding>): boolean {
    if (this.#isHandle(node)) return true;
    if (isCall(node) && /^Tool[.:]/.test(nameOfCallee(node) ?? "")) return true;
    if (node.kind === "NameExpression") {
      const binding = this.#context.model.scopes.bindingOf.get(node);
      if (!binding || seen.has(binding)) return false;
      seen.add(binding);
      return this.#writesOf(node).some(({ expression }) => expression && this.#isOfModel(expression, seen));
    }
    return node.kind !== "FunctionBody" && childrenOf(node).some((child) => this.#isOfModel(child, seen));
  }

  /** An agent, the result of a turn, or a tool that an agent may call. */
  #isHandle(node: Node): boolean {
    if (node.kind !== "NameExpression" && node.kind !== "CallExpression" && node.kind !== "MemberExpression")
      return false;
    const type = this.#context.types.typeOf(this.#context.model, node);
    return (
      type.kind === "handle" && (type.handle === "agent" || type.handle === "turn" || type.handle === "tool")
    );
  }

  #isInside({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.#loop.body.some((part) => part.start <= start && end <= part.end);
  }
}

function bodyOf({ origin }: Binding): FunctionBody | undefined {
  if (origin.kind === "function") return origin.body;
  const value = origin.kind === "local" ? origin.statement.values[origin.index] : undefined;
  return value?.kind === "FunctionExpression" ? value.body : undefined;
}

function initialValue({ origin }: Binding): WrittenValue {
  const expression = origin.kind === "local" ? origin.statement.values[origin.index] : undefined;
  return expression ? { expression } : {};
}

function rootOf(node: Expression): NameExpression | undefined {
  switch (node.kind) {
    case "NameExpression":
      return node;
    case "MemberExpression":
    case "IndexExpression":
    case "MethodCall":
      return rootOf(node.object);
    case "CallExpression":
      return rootOf(node.callee);
    default:
      return undefined;
  }
}

function isName(node: Expression, isSame: (name: NameExpression) => boolean): boolean {
  return node.kind === "NameExpression" && isSame(node);
}

/** Functions that leave alone what they are given. */
function isReader(call: Call): boolean {
  return /^(?:tostring|tonumber|type|ipairs|pairs|print|#|Log[.:]\w+|Json[.:]\w+|string[.:]\w+)$/.test(
    nameOfCallee(call) ?? "",
  );
}

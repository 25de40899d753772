import type { Binding } from "#language/semantics/scopes.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type {
  Assignment,
  CallExpression,
  Expression,
  LocalStatement,
  MethodCall,
  Node,
} from "#language/syntax/tree.ts";
import type { GlobalUses } from "./global-uses.ts";
import { parentsOf } from "./parents.ts";
import { beside, type Placed } from "./placed.ts";

/** What becomes of a value: it, or a member of it, is called; or it goes where its way can't be followed. */
export type ValueUse = CallOfValue | { readonly kind: "escape"; readonly path: Path; readonly place: Placed };

export interface CallOfValue {
  readonly kind: "call";
  /** Names from the value to what is called. */
  readonly path: Path;
  readonly place: Placed<CallExpression | MethodCall>;
  /** All arguments of `f "x" {…}`; without those that `pcall` takes itself. */
  readonly arguments: readonly Expression[];
  /** Called with a colon, or through `pcall`: the result is not followed. */
  readonly form: "plain" | "method" | "protected";
}

type Path = readonly string[];

/**
 * Every use of a value in the files of a program. It goes into locals and globals, through members, `and`, `or` and
 * `pcall`; wherever else it goes, anything may happen with it.
 */
export function usesOf(value: Placed, globals: GlobalUses): readonly ValueUse[] {
  const follower = new ValueFollower(globals);
  follower.follow(value, []);
  return follower.uses;
}

/** Functions that look at a value and keep nothing of it. */
const lookers: ReadonlySet<string> = new Set(["type", "tostring", "rawequal"]);

/** Functions that call what they are given, and how many arguments they take themselves. */
const callers: ReadonlyMap<string, number> = new Map([
  ["pcall", 1],
  ["xpcall", 2],
]);

class ValueFollower {
  readonly uses: ValueUse[] = [];
  readonly #globals: GlobalUses;
  readonly #followed = new Map<Binding | string, Set<string>>();

  constructor(globals: GlobalUses) {
    this.#globals = globals;
  }

  follow(place: Placed, path: Path): void {
    const { node } = place;
    const parent = parentsOf(place.model.top).get(node);
    switch (parent?.kind) {
      case "ParenthesizedExpression":
        this.follow(beside(place, parent), path);
        break;
      case "BinaryExpression":
        if (isComparison(parent.operator) || (parent.operator === "and" && parent.left === node)) break;
        if (parent.operator === "and" || parent.operator === "or") this.follow(beside(place, parent), path);
        else this.#escape(place, path);
        break;
      case "MemberExpression":
        this.#member(beside(place, parent), [...path, parent.member.text]);
        break;
      case "IndexExpression":
        this.#index(place, path, parent);
        break;
      case "CallExpression":
        this.#call(place, path, parent);
        break;
      case "MethodCall":
        if (parent.object === node) this.#method(beside(place, parent), [...path, parent.method.text]);
        else this.#escape(place, path);
        break;
      case "LocalStatement":
        this.#local(place, path, parent);
        break;
      case "Assignment":
        this.#assignment(place, path, parent);
        break;
      case "UnaryExpression":
      case "IfClause":
      case "WhileStatement":
      case "RepeatStatement":
      case "CallStatement":
        break;
      default:
        this.#escape(place, path);
    }
  }

  #escape(place: Placed, path: Path): void {
    this.uses.push({ kind: "escape", path, place });
  }

  /** Putting something into a member takes nothing out. */
  #member(place: Placed, path: Path): void {
    const parent = parentsOf(place.model.top).get(place.node);
    const isTarget = parent?.kind === "Assignment" && parent.targets.some((target) => target === place.node);
    if (!isTarget && parent?.kind !== "FunctionStatement") this.follow(place, path);
  }

  #index(place: Placed, path: Path, parent: Node & { readonly kind: "IndexExpression" }): void {
    const key = parent.object === place.node ? stringLiteral(parent.key) : undefined;
    if (key) this.#member(beside(place, parent), [...path, key.value]);
    else this.#escape(place, path);
  }

  #call(place: Placed, path: Path, call: CallExpression): void {
    if (call.callee === place.node) {
      const whole = curried(place, call);
      const { node, arguments: given } = whole;
      this.uses.push({ kind: "call", path, place: beside(place, node), arguments: given, form: "plain" });
      return;
    }
    const called = this.#globalCallee(place, call);
    const own = called === undefined ? undefined : callers.get(called);
    if (own !== undefined && call.arguments[0] === place.node) {
      const given = call.arguments.slice(own);
      this.uses.push({ kind: "call", path, place: beside(place, call), arguments: given, form: "protected" });
    } else if (called === undefined || !lookers.has(called)) this.#escape(place, path);
  }

  /** The word of Lua that is called, when no file of the program gives it another meaning. */
  #globalCallee({ source, model }: Placed, { callee }: CallExpression): string | undefined {
    if (callee.kind !== "NameExpression" || model.scopes.bindingOf.has(callee)) return undefined;
    if (source.file.names.topLocal(callee.text, model.index)) return undefined;
    return this.#globals.writes(callee.text).length > 0 ? undefined : callee.text;
  }

  #method(place: Placed<MethodCall>, path: Path): void {
    const { arguments: given } = place.node;
    this.uses.push({ kind: "call", path, place, arguments: given, form: "method" });
  }

  #local(place: Placed, path: Path, statement: LocalStatement): void {
    const index = statement.values.indexOf(place.node as Expression);
    const binding = place.model.scopes.bindings.find(
      ({ origin }) => origin.kind === "local" && origin.statement === statement && origin.index === index,
    );
    if (binding) this.#binding(binding, place, path);
  }

  #binding(binding: Binding, place: Placed, path: Path): void {
    if (this.#isFollowed(binding, path)) return;
    for (const { node, access } of binding.uses)
      if (access === "read" || access === "call") this.follow(beside(place, node), path);
    for (const later of this.#globals.laterReads(binding)) this.follow(later, path);
  }

  #assignment(place: Placed, path: Path, { targets, values }: Assignment): void {
    const { model, source } = place;
    const target = targets[values.indexOf(place.node as Expression)];
    if (!target) return;
    if (target.kind !== "NameExpression") {
      const global = globalMember(target, place);
      if (global === undefined) this.#escape(place, path);
      else this.#global(global, path);
      return;
    }
    const local = model.scopes.bindingOf.get(target);
    const top = local ? undefined : source.file.names.topLocal(target.text, model.index);
    if (local) this.#binding(local, place, path);
    else if (top) this.#binding(top.binding, { ...place, model: top.model }, path);
    else this.#global(target.text, path);
  }

  #global(name: string, path: Path): void {
    if (this.#isFollowed(name, path)) return;
    for (const read of this.#globals.reads(name)) this.follow(read, path);
  }

  #isFollowed(name: Binding | string, path: Path): boolean {
    const key = path.join("\0");
    const followed = this.#followed.get(name) ?? new Set();
    this.#followed.set(name, followed);
    if (followed.has(key)) return true;
    followed.add(key);
    return false;
  }
}

function isComparison(operator: string): boolean {
  return operator === "==" || operator === "~=";
}

/** `f "x" {…}`: both parts as one call. */
function curried(
  place: Placed,
  call: CallExpression,
): { readonly node: CallExpression; readonly arguments: readonly Expression[] } {
  const outer = parentsOf(place.model.top).get(call);
  if (outer?.kind !== "CallExpression" || outer.callee !== call || call.arguments.length !== 1)
    return { node: call, arguments: call.arguments };
  return { node: outer, arguments: [...call.arguments, ...outer.arguments] };
}

/** The global that `_G.name = …` sets. */
function globalMember(target: Expression, { model }: Placed): string | undefined {
  if (target.kind !== "MemberExpression" || target.object.kind !== "NameExpression") return undefined;
  const { object, member } = target;
  return object.text === "_G" && !model.scopes.bindingOf.has(object) ? member.text : undefined;
}

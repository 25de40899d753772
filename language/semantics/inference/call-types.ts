import type { Call, Inference } from "#language/semantics/inference/inference.ts";
import { Inferred } from "#language/semantics/inference/inferred.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import {
  booleanType,
  callableOf,
  type FunctionType,
  type Parameter,
  type Type,
  unionOf,
  unknownType,
  withoutNil,
} from "#language/semantics/types.ts";
import type { Expression } from "#language/syntax/tree.ts";

/** What a call of a global function gives when its signature alone can't say it. */
type SpecialCall = (call: SpecialArguments) => readonly Type[] | undefined;

interface SpecialArguments {
  readonly inference: Inference;
  readonly model: StatementModel;
  readonly arguments: readonly Expression[];
}

/** Results of calls: declarations, lookups by name, functions that pass on what they are given. */
export class CallTypes {
  readonly #inference: Inference;
  readonly #known: Inferred<Call, readonly Type[]>;

  constructor(inference: Inference) {
    this.#inference = inference;
    this.#known = new Inferred(inference.depth, [unknownType]);
  }

  /** The types of all results of a call. */
  results(model: StatementModel, call: Call): readonly Type[] {
    return this.#known.known(call) ?? this.#known.find(call, () => this.#infer(model, call));
  }

  /** The function that a call calls, when it is known. */
  calledFunction(model: StatementModel, call: Call): FunctionType | undefined {
    if (call.kind === "MethodCall") {
      const object = this.#inference.typeOf(model, call.object);
      return callableOf(this.#inference.memberType(object, call.method.text));
    }
    return callableOf(this.#inference.typeOf(model, call.callee));
  }

  /** What a function that stands among the arguments of a call is given when it is called. */
  callbackParameters(model: StatementModel, call: Call, index: number): readonly Parameter[] | undefined {
    const called = this.calledFunction(model, call);
    const parameter = called?.parameters[index + (call.kind === "MethodCall" && called.isMethod ? 1 : 0)];
    return parameter && callableOf(parameter.type)?.parameters;
  }

  #infer(model: StatementModel, call: Call): readonly Type[] {
    const site = model.sites.find((candidate) => candidate.call === call);
    if (site) return [this.#inference.handleTypeOf(model, site)];
    const special = this.#special(model, call);
    if (special) return special;
    return this.calledFunction(model, call)?.returns() ?? [unknownType];
  }

  #special(model: StatementModel, call: Call): readonly Type[] | undefined {
    if (call.kind === "MethodCall") return undefined;
    const name = dottedName(call.callee);
    const isOwn = call.callee.kind === "NameExpression" && model.scopes.bindingOf.has(call.callee);
    const special =
      name === undefined || isOwn || !Object.hasOwn(specialCalls, name) ? undefined : specialCalls[name];
    return special?.({ inference: this.#inference, model, arguments: call.arguments });
  }
}

/** `a` or `a.b`; undefined for anything else. */
function dottedName(callee: Expression): string | undefined {
  if (callee.kind === "NameExpression") return callee.text;
  if (callee.kind !== "MemberExpression" || callee.object.kind !== "NameExpression") return undefined;
  return `${callee.object.text}.${callee.member.text}`;
}

const specialCalls: Readonly<Record<string, SpecialCall>> = {
  require: ({ inference, arguments: [name] }) => {
    const text = stringLiteral(name)?.value;
    return text === undefined ? undefined : [inference.file.moduleType(text) ?? unknownType];
  },
  pcall: (call) => [booleanType, ...resultsOfArgument(call).map((type) => unionOf([type, unknownType]))],
  assert: ({ inference, model, arguments: [value] }) => value && [withoutNil(inference.typeOf(model, value))],
  setmetatable: ({ inference, model, arguments: [table] }) => table && [inference.typeOf(model, table)],
  rawget: ({ inference, model, arguments: [table, key] }) => {
    const text = stringLiteral(key)?.value;
    return table && text !== undefined
      ? [inference.memberType(inference.typeOf(model, table), text)]
      : undefined;
  },
  "Step.checkpoint": resultsOfArgument,
  checkpoint: resultsOfArgument,
  "Retry.with_backoff": resultsOfArgument,
  "State.get": ({ inference, arguments: [key] }) => {
    const text = stringLiteral(key)?.value;
    return text === undefined ? undefined : [inference.memberType(inference.stateType(), text)];
  },
  Tool: (call) => lookUp(call, "Tool"),
  Agent: (call) => lookUp(call, "Agent"),
  Procedure: (call) => lookUp(call, "Procedure"),
  Model: (call) => lookUp(call, "Model"),
};

/** The first result of the function that is the first argument. */
function resultsOfArgument({ inference, model, arguments: [body] }: SpecialArguments): readonly Type[] {
  const returns = body && callableOf(inference.typeOf(model, body))?.returns();
  return [returns?.[0] ?? unknownType];
}

/** `Agent("writer")`: what was declared under that name. */
function lookUp(
  { inference, arguments: [name] }: SpecialArguments,
  kind: string,
): readonly Type[] | undefined {
  const text = stringLiteral(name)?.value;
  const type = text === undefined ? undefined : inference.declared(kind, text);
  return type && [type];
}

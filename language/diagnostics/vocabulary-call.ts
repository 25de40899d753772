import type { StatementContext } from "#language/diagnostics/rule.ts";
import type { Call, Inference } from "#language/semantics/inference/inference.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { FunctionType } from "#language/semantics/types.ts";
import type { Expression, NameExpression } from "#language/syntax/tree.ts";
import type { Entry, FunctionEntry } from "#vocabulary/entries.ts";

/** A call of something that the vocabulary describes: a primitive, a function of a library, a handle. */
export interface VocabularyCall {
  readonly entry: FunctionEntry;
  readonly called: FunctionType;
  /** For people: `os.time`, `clerk`. */
  readonly name: string;
  /** Number of the parameter that the first argument fills: 1 for `text:find(…)`. */
  readonly firstParameter: number;
}

/** What the vocabulary says of the function that is called; undefined for any other function. */
export function vocabularyCall(
  types: Inference,
  model: StatementModel,
  call: Call,
): VocabularyCall | undefined {
  const called = types.calledFunction(model, call);
  const entry = called?.entry;
  if (!called || !entry || !isFunctionEntry(entry)) return undefined;
  const isOnText = call.kind === "MethodCall" && types.typeOf(model, call.object).kind === "string";
  return { entry, called, name: nameOfCallee(call) ?? entry.name, firstParameter: isOnText ? 1 : 0 };
}

/** Whether a name means the word of the language, and no variable of the file. */
export function meansWord(
  name: NameExpression,
  { file, model }: Pick<StatementContext, "file" | "model">,
): boolean {
  if (model.scopes.bindingOf.has(name)) return false;
  return !file.names.topLocal(name.text, model.index) && file.names.globalWrites(name.text).length === 0;
}

function isFunctionEntry(entry: Entry): entry is FunctionEntry {
  return "parameters" in entry && "returns" in entry;
}

/** What a call calls, as it is written: `a.b`, `a:b`; undefined when that is an expression. */
export function nameOfCallee(call: Call): string | undefined {
  if (call.kind === "CallExpression") return dottedText(call.callee);
  const object = dottedText(call.object);
  return object === undefined ? call.method.text : `${object}:${call.method.text}`;
}

function dottedText(expression: Expression): string | undefined {
  if (expression.kind === "NameExpression") return expression.text;
  if (expression.kind !== "MemberExpression") return undefined;
  const object = dottedText(expression.object);
  return object === undefined ? undefined : `${object}.${expression.member.text}`;
}

/** Where a call names what it calls. */
export function calleeSpan(call: Call): { readonly start: number; readonly end: number } {
  if (call.kind === "CallExpression") return { start: call.callee.start, end: call.callee.end };
  return { start: call.object.start, end: call.method.end };
}

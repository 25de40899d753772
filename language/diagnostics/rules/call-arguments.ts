import { checkArgument } from "#language/diagnostics/fields/check-table.ts";
import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { nameOfCallee, vocabularyCall } from "#language/diagnostics/vocabulary-call.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { Call } from "#language/semantics/inference/inference.ts";
import { fitsKinds, kindsText, valueText } from "#language/semantics/type-fits.ts";
import { alternatives } from "#language/semantics/types.ts";
import type { Expression } from "#language/syntax/tree.ts";
import type { FieldEntry, ValueKind } from "#vocabulary/entries.ts";
import { luaGlobals } from "#vocabulary/lua/global-functions.ts";
import { luaLibraries } from "#vocabulary/lua/libraries.ts";

/** Arguments that a function of the language must have, and of which kind they are. */
export const callArguments: Rule = {
  statement: (context) => {
    for (const site of context.model.sites) if (site.form === "call") checkDeclaration(site, context);
  },
  visit: {
    CallExpression: (call, context) => checkCall(call, context),
    MethodCall: (call, context) => checkCall(call, context),
  },
};

/** Lua's own functions, which take a number for a text and a text for a number. */
const lenient: ReadonlySet<unknown> = new Set([
  ...luaGlobals,
  ...luaLibraries.flatMap(({ functions }) => functions),
]);

function checkDeclaration({ call, entry, kind }: DeclarationSite, context: StatementContext): void {
  if (entry.parameters)
    check(call, call.arguments, entry.parameters, { name: kind, isLenient: false }, context);
}

function checkCall(call: Call, context: StatementContext): void {
  const { model, types } = context;
  if (model.sites.some((site) => site.call === call)) return;
  const known = vocabularyCall(types, model, call);
  if (!known) return;
  const parameters = known.entry.parameters.slice(known.firstParameter);
  const callee = { name: known.name, isLenient: lenient.has(known.entry) };
  check(call, call.arguments, parameters, callee, context);
}

interface Callee {
  readonly name: string;
  readonly isLenient: boolean;
}

function check(
  call: Call,
  values: readonly Expression[],
  parameters: readonly FieldEntry[],
  callee: Callee,
  context: StatementContext,
): void {
  const last = values.at(-1);
  for (const [index, parameter] of parameters.entries()) {
    if (parameter.name === "…") return;
    const value = values[index];
    if (value) checkValue(value, parameter, callee, context);
    else if (parameter.required && !(last && mayGiveMore(last))) {
      reportMissing(call, parameter, context);
      return;
    }
  }
}

/** The last argument may stand for any number of values. */
function mayGiveMore({ kind }: Expression): boolean {
  return kind === "CallExpression" || kind === "MethodCall" || kind === "VarargExpression";
}

function reportMissing(call: Call, { name, doc }: FieldEntry, { report }: StatementContext): void {
  const { argumentList } = call;
  report({
    code: "wrong-argument",
    span: argumentList,
    message: `${nameOfCallee(call) ?? "The function"} needs the argument "${name}"${doc === "" ? "." : `: ${doc.slice(0, 1).toLowerCase()}${doc.slice(1)}`}`,
  });
}

function checkValue(
  value: Expression,
  parameter: FieldEntry,
  callee: Callee,
  context: StatementContext,
): void {
  const type = context.types.typeOf(context.model, value);
  const isAbsent = !parameter.required && alternatives(type).some(({ kind }) => kind === "nil");
  if (value.kind === "MissingExpression" || isAbsent) return;
  if (!fitsKinds(type, accepted(parameter.types, callee.isLenient))) {
    context.report({
      code: "wrong-argument",
      span: value,
      message: `"${parameter.name}" of ${callee.name} must be ${kindsText(parameter.types)}, not ${valueText(type)}.`,
    });
    return;
  }
  checkArgument(value, parameter, `"${parameter.name}" of ${callee.name}`, callee.name, context);
}

function accepted(kinds: readonly ValueKind[], isLenient: boolean): readonly ValueKind[] {
  const takesText = kinds.some((kind) => kind === "text" || kind === "number" || kind === "integer");
  return isLenient && takesText ? [...kinds, "text", "number"] : kinds;
}

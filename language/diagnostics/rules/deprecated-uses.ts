import { replacement } from "#language/diagnostics/fields/field-findings.ts";
import type { Finding, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { isOlderWord } from "#language/diagnostics/rules/older-forms.ts";
import { calleeSpan, meansWord, nameOfCallee } from "#language/diagnostics/vocabulary-call.ts";
import type { Call } from "#language/semantics/inference/inference.ts";
import { membersOf } from "#language/semantics/types.ts";
import type { Span } from "#language/syntax/tree.ts";
import { globalValues } from "#vocabulary/globals.ts";

/** Uses of what its own description, or its author's, calls deprecated: members, functions, globals. */
export const deprecatedUses: Rule = {
  visit: {
    MemberExpression: ({ object, member }, context) => {
      const type = context.types.typeOf(context.model, object);
      const known = membersOf(type)?.get(member.text);
      // Functions are told where they are called.
      if (known?.deprecated !== undefined && known.type.kind !== "function")
        report(member.text, known.deprecated, member, context);
    },
    CallExpression: checkCall,
    MethodCall: checkCall,
    NameExpression: (name, context) => {
      const entry = globalValues.find((each) => each.name === name.text);
      if (entry?.deprecated !== undefined && meansWord(name, context))
        report(name.text, entry.deprecated, name, context);
    },
  },
};

function checkCall(call: Call, context: StatementContext): void {
  const called = context.types.calledFunction(context.model, call);
  const name = nameOfCallee(call) ?? "this function";
  if (called?.deprecated === undefined || isOlderWord(name.replace(":", "."))) return;
  report(name, called.deprecated, calleeSpan(call), context);
}

function report(name: string, instead: string, { start, end }: Span, context: StatementContext): void {
  const isName = /^\w+$/.test(instead) && /^\w+$/.test(name);
  const advice = instead === "" ? "" : /^[\w.]+$/.test(instead) ? `: use "${instead}"` : `: ${instead}`;
  const finding: Finding = {
    code: "deprecated-form",
    span: { start, end },
    severity: "hint",
    message: `"${name}" is deprecated${advice}${/[.!]$/.test(advice) ? "" : "."}`,
    tags: ["deprecated"],
  };
  context.report(isName ? { ...finding, fixes: [replacement({ start, end }, instead)] } : finding);
}

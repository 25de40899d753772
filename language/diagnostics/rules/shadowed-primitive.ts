import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import type { Span } from "#language/syntax/tree.ts";
import { declarations } from "#vocabulary/declarations.ts";
import { luaLibraries } from "#vocabulary/lua/libraries.ts";
import { primitives } from "#vocabulary/primitives.ts";

const words = new Set([
  ...declarations.map(({ name }) => name),
  ...primitives.map(({ name }) => name),
  ...luaLibraries.map(({ name }) => name),
  "field",
  "filters",
  "require",
  "pcall",
  "print",
  "pairs",
  "ipairs",
]);

/** Variables that take the name of a primitive. */
export const shadowedPrimitive: Rule = {
  statement: (context) => {
    for (const { name, span, origin } of context.model.scopes.bindings)
      if (words.has(name) && !keepsMeaning(name, origin)) tell(name, span, context);
    for (const { name, node } of context.model.globalWrites)
      if (words.has(name) && !context.file.names.topLocal(name, context.model.index))
        tell(name, node, context);
  },
};

/** `local State = State`, and `local Classify = require(…)`, keep what the name means. */
function keepsMeaning(
  name: string,
  origin: StatementContext["model"]["scopes"]["bindings"][number]["origin"],
): boolean {
  if (origin.kind !== "local") return false;
  const value = origin.statement.values[origin.index];
  if (value?.kind === "NameExpression") return value.text === name;
  if (value?.kind === "MemberExpression") return value.member.text === name;
  return (
    value?.kind === "CallExpression" &&
    value.callee.kind === "NameExpression" &&
    value.callee.text === "require"
  );
}

function tell(name: string, span: Span, { report }: StatementContext): void {
  report({
    code: "shadowed-primitive",
    span,
    message: `"${name}" is a word of the language: it can't be reached any more where this variable holds.`,
  });
}

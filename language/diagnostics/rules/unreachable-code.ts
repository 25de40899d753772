import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { neverGoesOn } from "#language/semantics/control-flow.ts";
import type { Statement } from "#language/syntax/tree.ts";

/** Statements that nothing leads to. */
export const unreachableCode: Rule = {
  visit: {
    Block: ({ statements }, context) => check(statements, context),
  },
};

function check(statements: readonly Statement[], { report }: StatementContext): void {
  const stop = statements.findIndex(neverGoesOn);
  if (stop < 0) return;
  // A label can be jumped to, so what follows it is reached again.
  const rest = statements.slice(stop + 1);
  const label = rest.findIndex(({ kind }) => kind === "LabelStatement");
  const dead = (label < 0 ? rest : rest.slice(0, label)).filter(({ kind }) => kind !== "EmptyStatement");
  const [first] = dead;
  const last = dead.at(-1);
  const leaving = statements[stop];
  if (!first || !last || !leaving) return;
  report({
    code: "unreachable-code",
    span: { start: first.start, end: last.end },
    message: "This code is never reached.",
    tags: ["unnecessary"],
    fixes: [{ title: "Remove it", edits: [{ start: leaving.end, end: last.end, text: "" }] }],
  });
}

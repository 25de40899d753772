import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { statementText, statementTokens, writtenText } from "#language/diagnostics/source-text.ts";
import { namesOfKind } from "#language/semantics/declared-names.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";
import { findLookalikes } from "#language/text-checks/lookalike-letters.ts";

/** Names with letters that pass for others: in texts that name something, in keys, and where Lua allows none at all. */
export const confusableNames: Rule = {
  statement: (context) => {
    if (!beyondAscii.test(statementText(context))) return;
    const { model } = context;
    for (const { name } of model.sites)
      if (name && name.from !== "variable" && name.from !== "local") check(name.span, undefined, context);
    const declared = new Set(model.sites.map(({ name }) => name?.span.start));
    for (const { kind, span } of namedReferences(model))
      if (!declared.has(span.start))
        check(span, kind === "mock" ? undefined : namesOfKind(kind, context).names, context);
    if (model.top.problems.length > 0) checkDamaged(context);
  },
  visit: {
    KeyedField: ({ key }, context) => {
      if (key.kind === "StringExpression") check(key.content, undefined, context);
    },
  },
};

/** Nobody writes longer ones. */
const longestName = 100;

const beyondAscii = /[\u0080-\uffff]/;

function check(span: Span, known: ReadonlySet<string> | undefined, context: StatementContext): void {
  const written = writtenText(context, span);
  const found = beyondAscii.test(written) ? findLookalikes(written, known) : undefined;
  if (!found) return;
  const [letter] = found.letters;
  const more = found.letters.length > 1 ? `, and ${found.letters.length - 1} more like it` : "";
  context.report({
    code: "confusable-name",
    span: { start: span.start, end: span.end },
    message: `"${written}" reads like "${found.plain}", but has ${letter?.name ?? ""} instead of "${letter?.looksLike ?? ""}"${more}: it is another name.`,
    fixes: [
      {
        title: `Write "${found.plain}"`,
        edits: [{ start: span.start, end: span.end, text: found.plain }],
        isPreferred: true,
      },
    ],
  });
}

/** Names of Lua are ASCII: another letter tears a name into pieces, which may even count as several statements. */
function checkDamaged(context: StatementContext): void {
  const { file, model } = context;
  let done = -1;
  for (const { kind, start, end } of statementTokens(context)) {
    if (kind !== TokenKind.unknown || start < done) continue;
    const before =
      /[\w\u0080-\uffff]*$/.exec(
        file.text.slice(Math.max(0, model.offset + start - longestName), model.offset + start),
      )?.[0] ?? "";
    const behind =
      /^[\w\u0080-\uffff]*/.exec(
        file.text.slice(model.offset + end, model.offset + end + longestName),
      )?.[0] ?? "";
    done = end + behind.length;
    check({ start: start - before.length, end: done }, undefined, context);
  }
}

import type { Finding, Rule, StatementContext } from "#language/diagnostics/rule.ts";
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
    const checked = (span: Span): void => check(span, writtenText(context, span), undefined, context.report);
    for (const { name } of model.sites)
      if (name && name.from !== "variable" && name.from !== "local") checked(name.span);
    if (model.top.problems.length > 0) for (const span of damagedNames(context)) checked(span);
  },
  visit: {
    KeyedField: ({ key }, context) => {
      if (key.kind === "StringExpression")
        check(key.content, writtenText(context, key.content), undefined, context.report);
    },
  },
  // Whether a whole name reads like another one depends on the names of the file.
  file: (context) => {
    for (const model of context.file.models)
      for (const { kind, text, span } of namedReferences(model)) {
        const isOwn = model.sites.some(({ name }) => name?.span.start === span.start);
        if (!beyondAscii.test(text) || isOwn) continue;
        const known = kind === "mock" ? undefined : namesOfKind(kind, context).names;
        check(span, text, known, (finding) => context.report(model, finding));
      }
  },
};

/** Nobody writes longer ones. */
const longestName = 100;

const beyondAscii = /[\u0080-\uffff]/;

function check(
  span: Span,
  written: string,
  known: ReadonlySet<string> | undefined,
  report: (finding: Finding) => void,
): void {
  const found = beyondAscii.test(written) ? findLookalikes(written, known) : undefined;
  if (!found) return;
  const [letter] = found.letters;
  const more = found.letters.length > 1 ? `, and ${found.letters.length - 1} more like it` : "";
  report({
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
function damagedNames(context: StatementContext): Span[] {
  const { file, model } = context;
  const found: Span[] = [];
  let done = -1;
  for (const { kind, start, end } of statementTokens(context)) {
    if (kind !== TokenKind.unknown || start < done) continue;
    const at = model.offset + start;
    const from = file.text.slice(Math.max(0, at - longestName), at);
    const before = /[\w\u0080-\uffff]*$/.exec(from)?.[0] ?? "";
    const to = file.text.slice(model.offset + end, model.offset + end + longestName);
    const behind = /^[\w\u0080-\uffff]*/.exec(to)?.[0] ?? "";
    done = end + behind.length;
    found.push({ start: start - before.length, end: done });
  }
  return found;
}

import type { FindingFix, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { type StatementToken, statementText, statementTokens } from "#language/diagnostics/source-text.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import { findHiddenCharacters, type HiddenCharacter } from "#language/text-checks/hidden-characters.ts";

/** Characters that a reader can't see: what is shown is not what is there. */
export const hiddenCharacters: Rule = {
  statement: (context) => {
    const found = findHiddenCharacters(statementText(context));
    const tokens = found.length > 0 ? statementTokens(context) : [];
    for (const character of found) {
      // Only in front of a whole file it is a mark of the encoding.
      const token = tokens.find(({ start, end }) => start <= character.start && character.end <= end);
      report(character, token, context);
    }
  },
};

const why: Readonly<Record<HiddenCharacter["kind"], string>> = {
  direction: "it turns round how the text around it is shown",
  invisible: "nobody can see it",
  control: "it can't be seen, and steers the screen that shows it",
};

function report(
  character: HiddenCharacter,
  token: StatementToken | undefined,
  context: StatementContext,
): void {
  const { start, end, kind, name } = character;
  context.report({
    code: "hidden-character",
    span: { start, end },
    message: `Here stands ${name}: ${why[kind]}.`,
    fixes: fixesFor(character, token, context),
  });
}

/** In a text it may be meant, and can then be written so that it is seen. */
function fixesFor(
  character: HiddenCharacter,
  token: StatementToken | undefined,
  context: StatementContext,
): FindingFix[] {
  const { start, end } = character;
  const remove: FindingFix = { title: "Remove it", edits: [{ start, end, text: "" }], isPreferred: true };
  if (token?.kind !== TokenKind.shortString) return [remove];
  const characters = statementText(context).slice(start, end);
  const text = Array.from(
    characters,
    (each) => `\\u{${each.codePointAt(0)?.toString(16).toUpperCase()}}`,
  ).join("");
  return [
    remove,
    { title: `Write it as ${text.length < 30 ? text : "escapes"}`, edits: [{ start, end, text }] },
  ];
}

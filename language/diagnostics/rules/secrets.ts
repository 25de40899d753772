import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { statementText, writtenText } from "#language/diagnostics/source-text.ts";
import type { Expression, Node, StringExpression } from "#language/syntax/tree.ts";
import { findSecrets, type Secret } from "#language/text-checks/secrets.ts";

/** Keys and passwords: marked ones wherever they stand, comments included, others in what is named like one. */
export const secrets: Rule = {
  statement: (context) => {
    for (const secret of findSecrets(statementText(context))) report(secret, 0, context);
  },
  visit: {
    StringExpression: (text, context) => {
      const name = nameOf(text, context.parents);
      if (name === undefined) return;
      const written = writtenText(context, text.content);
      // Marked keys are found with the statement.
      if (findSecrets(written).length > 0) return;
      for (const secret of findSecrets(written, name)) report(secret, text.content.start, context);
    },
  },
};

function report({ start, end, kind }: Secret, base: number, context: StatementContext): void {
  context.report({
    code: "secret-in-source",
    span: { start: base + start, end: base + end },
    message: `This looks like ${kind}. A procedure never needs one: keys belong into the configuration of the host. Whoever can read this file can use it, so have it replaced.`,
  });
}

/** The variable or the field that a text is given to. */
function nameOf(text: StringExpression, parents: readonly Node[]): string | undefined {
  const parent = parents.at(-1);
  switch (parent?.kind) {
    case "NamedField":
      return parent.name.text;
    case "KeyedField":
      return parent.key.kind === "StringExpression" && parent.key !== text ? parent.key.value : undefined;
    case "LocalStatement":
      return parent.names[parent.values.indexOf(text)]?.name.text;
    case "Assignment":
      return lastName(parent.targets[parent.values.indexOf(text)]);
    default:
      return undefined;
  }
}

function lastName(target: Expression | undefined): string | undefined {
  if (target?.kind === "NameExpression") return target.text;
  if (target?.kind === "MemberExpression") return target.member.text;
  return target?.kind === "IndexExpression" && target.key.kind === "StringExpression"
    ? target.key.value
    : undefined;
}

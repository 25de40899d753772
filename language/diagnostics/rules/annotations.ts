import { parseAnnotations } from "#language/annotations/annotations.ts";
import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { statementText, statementTokens } from "#language/diagnostics/source-text.ts";
import { functionContexts } from "#language/semantics/inference/function-contexts.ts";
import { TokenKind } from "#language/syntax/tokens.ts";

/** Annotations in comments that can't be read, or that speak of a parameter which is not there. */
export const annotations: Rule = {
  statement: (context) => {
    if (!/---\s*@/.test(statementText(context))) return;
    const lines = statementTokens(context).filter(({ kind }) => kind === TokenKind.lineComment);
    for (const { message, ...span } of parseAnnotations(lines).problems)
      context.report({ code: "invalid-annotation", span, message });
    checkParameters(context);
  },
};

function checkParameters({ model, file, report }: StatementContext): void {
  for (const [body, { start }] of functionContexts(model)) {
    for (const { name, nameSpan } of file.annotationsBefore(model, start)?.parameters ?? []) {
      const isThere = body.parameters.some(({ text }) => text === name) || (name === "..." && body.vararg);
      if (isThere) continue;
      report({
        code: "invalid-annotation",
        span: nameSpan,
        message: `The function has no parameter "${name}".`,
      });
    }
  }
}

import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import type { FunctionBody, TableExpression } from "#language/syntax/tree.ts";

/** Functions of tools that do not take what the schema gives. What they read from it is checked as any field is. */
export const handlerMismatch: Rule = {
  statement: (context) => {
    for (const { kind, body, config } of context.model.sites)
      if (kind === "Tool" && body && config) check(body, config, context);
  },
};

function check(body: FunctionBody, config: TableExpression, { report }: StatementContext): void {
  const input = fieldNamed(config, "input")?.value;
  const hasInput = input?.kind === "TableExpression" && input.fields.length > 0;
  const [first, second] = body.parameters;
  if (hasInput && body.parameters.length === 0 && !body.vararg)
    report({
      code: "handler-mismatch",
      span: body.parameterList,
      message: "The tool has inputs, yet its function takes none: they come as one table.",
      fixes: [
        {
          title: "Take the inputs as 'args'",
          edits: [{ start: body.parameterList.start, end: body.parameterList.end, text: "(args)" }],
          isPreferred: true,
        },
      ],
    });
  if (!first || !second) return;
  const end = body.parameters.at(-1)?.end ?? second.end;
  report({
    code: "handler-mismatch",
    span: { start: second.start, end },
    message: "A tool is called with one table: this parameter is always nil.",
    fixes: [{ title: "Remove it", edits: [{ start: first.end, end, text: "" }] }],
  });
}

import type { Rule } from "#language/diagnostics/rule.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";

const declaredAtTheTop: Readonly<Record<string, string>> = {
  Tool: "finds a declared tool",
  Toolset: "finds a toolset",
  Procedure: "finds a declared procedure",
};

/** Declarations inside functions, where the same name looks something up. */
export const wrongPhase: Rule = {
  visit: {
    CallExpression: ({ callee, arguments: values }, { model, parents, report }) => {
      if (callee.kind !== "NameExpression" || model.scopes.bindingOf.has(callee)) return;
      const meaning = declaredAtTheTop[callee.text];
      const isInside = parents.some(({ kind }) => kind === "FunctionBody");
      const isDeclaring = values.some(({ kind }) => kind === "TableExpression");
      if (meaning === undefined || !isInside || !isDeclaring || stringLiteral(values[0])) return;
      report({
        code: "wrong-phase",
        span: callee,
        message: `${callee.text} {…} declares only at the top of the file: while a procedure runs, ${callee.text} ${meaning}.`,
      });
    },
  },
};

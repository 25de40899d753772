import type { FileContext, Finding, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { functionContexts } from "#language/semantics/inference/function-contexts.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";

/** Locals and parameters that nothing reads. */
export const unusedNames: Rule = {
  statement: (context) => {
    for (const binding of context.model.scopes.bindings)
      if (!binding.isTopLevel && isUnused(binding)) reportInner(binding, context);
  },
  file: (context) => {
    for (const model of context.file.models)
      for (const binding of model.topLocals)
        if (isUnused(binding) && !isUsedLater(binding, model, context))
          context.report(model, finding(binding));
  },
};

function isUnused({ name, span, uses, attribute }: Binding): boolean {
  if (name.startsWith("_") || attribute === "close" || span.start === span.end) return false;
  return !uses.some(({ access }) => access !== "write");
}

function isUsedLater({ name }: Binding, model: StatementModel, { file }: FileContext): boolean {
  if (!file.names.isUsedElsewhere(name)) return false;
  const next = file.names.topLocals(name).find((local) => local.model.index > model.index);
  return file.models.some(
    (other) =>
      other.index > model.index && (!next || other.index <= next.model.index) && other.dependencies.has(name),
  );
}

function reportInner(binding: Binding, { model, report }: StatementContext): void {
  const { origin } = binding;
  if (origin.kind === "parameter") {
    // What a declaration's function is called with is fixed, and so are parameters in front of one that is used.
    const context = functionContexts(model).get(origin.body);
    if (context?.kind === "body" || context?.kind === "inlineTool") return;
    const later = origin.body.parameters.slice(origin.index + 1).map(({ text }) => text);
    const isUsed = model.scopes.bindings.some(
      (other) =>
        other.origin.kind === "parameter" &&
        other.origin.body === origin.body &&
        later.includes(other.name) &&
        other.uses.length > 0,
    );
    if (!isUsed) report({ ...finding(binding), code: "unused-parameter" });
  } else if (origin.kind !== "loop") report(finding(binding));
}

function finding({ name, span, origin }: Binding): Finding {
  const what = origin.kind === "parameter" ? "parameter" : origin.kind === "function" ? "function" : "local";
  return {
    code: "unused-local",
    span,
    message: `The ${what} "${name}" is never read.`,
    tags: ["unnecessary"],
    fixes: [{ title: `Rename to "_${name}"`, edits: [{ ...span, text: `_${name}` }] }],
  };
}

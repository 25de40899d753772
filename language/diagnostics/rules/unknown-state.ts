import { replacement } from "#language/diagnostics/fields/field-findings.ts";
import { promptValues } from "#language/diagnostics/names/prompt-values.ts";
import { statementNames } from "#language/diagnostics/names/statement-names.ts";
import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** Keys of the state that are read, and that nothing declares or sets. */
export const unknownState: Rule = {
  file: (context) => {
    const models = context.file.models.filter((model) => statementNames(model).stateReads.length > 0);
    if (models.length === 0) return;
    const { names, isOpen } = promptValues(context).stateKeys();
    if (isOpen) return;
    for (const model of models) checkReads(model, names, context);
  },
};

function checkReads(model: StatementModel, names: ReadonlySet<string>, context: FileContext): void {
  for (const { text, ...span } of statementNames(model).stateReads) {
    if (names.has(text)) continue;
    const guess = nearestName(text, names);
    context.report(model, {
      code: "unknown-state",
      span,
      message: `Nothing declares or sets "${text}" in the state: it is always nil.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
      ...(guess !== undefined && { fixes: [replacement(span, guess)] }),
    });
  }
}

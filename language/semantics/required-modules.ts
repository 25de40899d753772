import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { CallExpression, StringExpression, TopStatement } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** A call of `require` whose module is written out. */
export interface RequiredModule {
  readonly name: string;
  readonly model: StatementModel;
  readonly text: StringExpression;
  readonly call: CallExpression;
}

const requiresOf = new WeakMap<TopStatement, readonly Omit<RequiredModule, "model">[]>();

/** The modules that a file requires, in text order. */
export function requiredModules(file: ProcedureFile): readonly RequiredModule[] {
  return file.models.flatMap((model) => requiresIn(model).map((required) => ({ ...required, model })));
}

function requiresIn(model: StatementModel): readonly Omit<RequiredModule, "model">[] {
  if (!model.dependencies.has("require")) return [];
  const known = requiresOf.get(model.top);
  if (known) return known;
  const found: Omit<RequiredModule, "model">[] = [];
  walk(model.top.node, (node) => {
    if (node.kind !== "CallExpression" || node.callee.kind !== "NameExpression") return;
    const text = node.callee.text === "require" ? stringLiteral(node.arguments[0]) : undefined;
    if (text) found.push({ name: text.value, text, call: node });
  });
  requiresOf.set(model.top, found);
  return found;
}

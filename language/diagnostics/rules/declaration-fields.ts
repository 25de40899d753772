import { checkMissing, checkTable } from "#language/diagnostics/fields/check-table.ts";
import { replacement } from "#language/diagnostics/fields/field-findings.ts";
import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { fieldNamed, namedFields, stringLiteral } from "#language/semantics/table-fields.ts";
import type { TableExpression } from "#language/syntax/tree.ts";

/** Fields of declarations: unknown, missing, removed, older, of a wrong kind, at odds with each other. */
export const declarationFields: Rule = {
  statement: (context) => {
    for (const site of context.model.sites) if (site.config) checkSite(site, site.config, context);
  },
};

function checkSite(site: DeclarationSite, config: TableExpression, context: StatementContext): void {
  const { entry } = site;
  if (entry.fields.length > 0 || entry.each) {
    const shape = {
      owner: site.kind,
      fields: entry.fields,
      isOpen: entry.isOpen,
      isClosed: entry.closed,
      each: entry.each,
    };
    checkTable(config, shape, context);
    checkMissing(config, shape, site.callee, context, "error");
  }
  if (entry.body) checkBody(site, config, context);
  if (entry.nameMustMatch) checkName(site, config, context);
}

function checkBody(
  { kind, entry, body, callee, name }: DeclarationSite,
  config: TableExpression,
  context: StatementContext,
): void {
  const orFields = entry.body?.orFields ?? [];
  const given = namedFields(config).filter((field) => orFields.includes(field.name));
  const isNeeded = entry.body?.required === true || orFields.length > 0;
  if (isNeeded && !body && given.length === 0 && !mayHoldFunction(config)) {
    const fix = {
      start: config.openBrace.end,
      end: config.openBrace.end,
      text: ` function(${parametersOf(entry)}) end,`,
    };
    context.report({
      code: "missing-field",
      span: callee,
      message: `${kind} "${name?.text ?? "main"}" has no function: it stands among the fields without a name.`,
      fixes: [{ title: "Add a function", edits: [fix] }],
    });
  }
  const [, second] =
    body && given.every(({ value }) => value.kind !== "FunctionExpression") ? [body, given[0]] : given;
  if (second)
    context.report({
      code: "conflicting-fields",
      span: second.span,
      message: `${kind} "${name?.text ?? "main"}" says twice what it does: keep either the function or one of ${orFields.map((each) => `"${each}"`).join(", ")}.`,
    });
}

function parametersOf({ body }: DeclarationSite["entry"]): string {
  return body?.parameters.map(({ name }) => name).join(", ") ?? "";
}

/** A value without a key that is no literal may be the function. */
function mayHoldFunction(config: TableExpression): boolean {
  return config.fields.some(
    ({ kind, value }) =>
      kind === "KeyedField" ||
      (kind === "PositionalField" && value.kind !== "TableExpression" && value.kind !== "StringExpression"),
  );
}

/** `x = Tool { name = "y" }`: the name and the variable must be one. */
function checkName(
  { kind, name }: DeclarationSite,
  config: TableExpression,
  context: StatementContext,
): void {
  const text = stringLiteral(fieldNamed(config, "name")?.value);
  if (!text || name?.from !== "variable" || text.value === name.text) return;
  context.report({
    code: "name-mismatch",
    span: text.content,
    message: `The ${kind} is assigned to "${name.text}" and named "${text.value}": both must be the same.`,
    related: [{ place: { statement: context.model, span: name.span }, message: "The variable is here" }],
    fixes: [replacement(text.content, name.text)],
  });
}

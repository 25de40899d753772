import { replacement } from "#language/diagnostics/fields/field-findings.ts";
import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import type { Schema, SchemaField } from "#language/semantics/schema.ts";
import { type NameOfField, namedFields } from "#language/semantics/table-fields.ts";
import { fitsFieldType, valueText } from "#language/semantics/type-fits.ts";
import { withoutNil } from "#language/semantics/types.ts";
import type { CallExpression, TableExpression } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** What a call of a procedure of this file gives, against the `input` that the procedure declares. */
export const procedureCalls: Rule = {
  visit: {
    CallExpression: (call, context) => {
      const { types, model } = context;
      // `Procedure "x" {…}` at the top declares.
      if (model.sites.some((site) => site.call === call)) return;
      const callee = types.typeOf(model, call.callee);
      if (callee.kind !== "handle" || callee.handle !== "procedure" || callee.name === undefined) return;
      const placed = types.siteOf("Procedure", callee.name);
      const schema = placed && types.schemaOf(placed.model, placed.site, "input");
      if (schema) check(call, callee.name, schema, context);
    },
  },
};

function check(call: CallExpression, name: string, schema: Schema, context: StatementContext): void {
  const [given] = call.arguments;
  if (given && given.kind !== "TableExpression") return;
  const fields = given ? namedFields(given) : [];
  for (const field of fields) checkField(field, name, schema, context);
  if (!given || isWhole(given))
    reportMissing(call, name, schema, new Set(fields.map((field) => field.name)), context);
}

/** Nothing in it is computed. */
function isWhole(table: TableExpression): boolean {
  return table.fields.every(
    ({ kind, value }) =>
      kind === "NamedField" || (kind === "PositionalField" && value.kind !== "VarargExpression"),
  );
}

function checkField(
  given: NameOfField,
  procedure: string,
  { fields, isOpen }: Schema,
  context: StatementContext,
): void {
  const declared = fields.find(({ name }) => name === given.name);
  if (declared) {
    checkType(given, declared, procedure, context);
    return;
  }
  if (isOpen) return;
  const guess = nearestName(
    given.name,
    fields.map(({ name }) => name),
  );
  context.report({
    code: "unknown-input",
    span: given.span,
    message: `The procedure "${procedure}" has no input "${given.name}": it is left out.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
    ...(guess !== undefined && { fixes: [replacement(given.span, guess)] }),
  });
}

function checkType(
  { name, value }: NameOfField,
  field: SchemaField,
  procedure: string,
  context: StatementContext,
): void {
  const type = context.types.typeOf(context.model, value);
  const given = type.kind === "nil" ? undefined : withoutNil(type);
  if (!given) return;
  const isText = value.kind === "StringExpression";
  const isOther = isText && field.values !== undefined && !field.values.includes(value.value);
  if (fitsFieldType(given, field.type) && !isOther) return;
  context.report({
    code: "wrong-argument",
    span: isOther ? value.content : value,
    severity: "error",
    message: isOther
      ? `The input "${name}" of "${procedure}" can't be "${value.value}": it is one of ${field.values?.join(", ") ?? ""}.`
      : `The input "${name}" of "${procedure}" must be of type ${field.type}, not ${valueText(given)}.`,
    related: [{ place: field.place, message: "The input is declared here" }],
  });
}

function reportMissing(
  call: CallExpression,
  procedure: string,
  { fields }: Schema,
  given: ReadonlySet<string>,
  context: StatementContext,
): void {
  const missing = fields.filter(
    ({ name, required, hasDefault }) => required && !hasDefault && !given.has(name),
  );
  const [first] = missing;
  if (!first) return;
  context.report({
    code: "wrong-argument",
    span: call.argumentList,
    severity: "error",
    message: `The procedure "${procedure}" needs the input ${missing.map(({ name }) => `"${name}"`).join(", ")}: the call fails.`,
    related: [{ place: first.place, message: "The input is declared here" }],
  });
}

import type { FindingFix, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { canEndWithoutReturn } from "#language/semantics/control-flow.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { returnsIn } from "#language/semantics/inference/function-types.ts";
import { readField, type Schema, type SchemaField } from "#language/semantics/schema.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import { fitsFieldType, valueText } from "#language/semantics/type-fits.ts";
import { type Type, withoutNil } from "#language/semantics/types.ts";
import type { FunctionBody, ReturnStatement, Span, TableExpression } from "#language/syntax/tree.ts";

/** What a procedure returns, on every path, against its `output` schema. */
export const procedureResults: Rule = {
  statement: (context) => {
    for (const site of context.model.sites)
      if (site.kind === "Procedure" && site.body) checkProcedure(site, site.body, context);
  },
};

function checkProcedure(site: DeclarationSite, body: FunctionBody, context: StatementContext): void {
  const output = site.config && fieldNamed(site.config, "output");
  if (!output) return;
  const placed = { expression: output.value, statement: context.model };
  const single =
    output.value.kind === "CallExpression"
      ? readField("output", output.span, placed, (same) => same)
      : undefined;
  const schema = single ? undefined : context.types.schemaOf(context.model, site, "output");
  for (const statement of returnsIn(body.block)) {
    if (single) checkSingle(statement, single, context);
    else if (schema) checkFields(statement, schema, context);
  }
  const required = single?.required
    ? ["a value"]
    : (schema?.fields ?? []).filter((field) => field.required).map(({ name }) => `"${name}"`);
  if (required.length > 0 && canEndWithoutReturn(body.block))
    context.report({
      code: "missing-output",
      span: body.endKeyword ?? body.keyword,
      message: `The procedure can reach its end without returning ${required.join(", ")}.`,
    });
}

function checkSingle(statement: ReturnStatement, field: SchemaField, context: StatementContext): void {
  const [value] = statement.values;
  const type = value && context.types.typeOf(context.model, value);
  if (!value || !type) return;
  if (!fitsFieldType(withoutNil(type), field.type) && type.kind !== "nil")
    report(value, field, type, "The procedure", context);
}

function checkFields(statement: ReturnStatement, schema: Schema, context: StatementContext): void {
  const [value] = statement.values;
  if (!value) {
    const at = statement.keyword.end;
    reportMissing(statement.keyword, schema.fields, new Set(), context, (fields) => [
      { start: at, end: at, text: ` { ${fields} }` },
    ]);
    return;
  }
  const type = context.types.typeOf(context.model, value);
  // The result of a turn is taken apart when it is returned (language.md part B §1.7).
  if (type.kind !== "table") {
    if (["string", "number", "boolean", "function"].includes(type.kind))
      context.report({
        code: "wrong-output-type",
        span: value,
        message: `The procedure must return a table with its outputs, not ${valueText(type)}.`,
      });
    return;
  }
  for (const field of schema.fields) {
    const member = type.members.get(field.name);
    if (!member || fitsFieldType(member.type, field.type)) continue;
    const written = value.kind === "TableExpression" ? fieldNamed(value, field.name)?.value : undefined;
    report(written ?? value, field, member.type, `"${field.name}"`, context);
  }
  if (!type.isOpen && value.kind === "TableExpression")
    reportMissing(value, schema.fields, new Set(type.members.keys()), context, (fields) => [
      insertion(value, fields),
    ]);
}

function report(span: Span, field: SchemaField, type: Type, what: string, context: StatementContext): void {
  context.report({
    code: "wrong-output-type",
    span,
    message: `${what} must be of type ${field.type}, as its schema says, not ${valueText(type)}.`,
    related: [{ place: field.place, message: "The schema is here" }],
  });
}

function reportMissing(
  span: Span,
  fields: readonly SchemaField[],
  present: ReadonlySet<string>,
  context: StatementContext,
  editsFor: (fields: string) => FindingFix["edits"],
): void {
  const missing = fields.filter(
    ({ name, required, hasDefault }) => required && !hasDefault && !present.has(name),
  );
  const [first] = missing;
  if (!first) return;
  context.report({
    code: "missing-output",
    span: { start: span.start, end: span.end },
    message: `The output ${missing.map(({ name }) => `"${name}"`).join(", ")} is missing here, and the schema requires it.`,
    related: [{ place: first.place, message: "The schema is here" }],
    fixes: [
      {
        title: `Add ${missing.map(({ name }) => `"${name}"`).join(", ")}`,
        edits: editsFor(
          missing.map(({ name, type }) => `${name} = ${emptyValues[type] ?? "nil"}`).join(", "),
        ),
      },
    ],
  });
}

/** Something to begin with, by the type of the field. */
const emptyValues: Readonly<Record<string, string>> = {
  string: '""',
  number: "0",
  integer: "0",
  boolean: "false",
  array: "{}",
  object: "{}",
};

/** Fields in front of those that a table has. */
function insertion({ openBrace, fields }: TableExpression, text: string): FindingFix["edits"][number] {
  const at = openBrace.end;
  return { start: at, end: at, text: ` ${text}${fields.length > 0 ? "," : " "}` };
}

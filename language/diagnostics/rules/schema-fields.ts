import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import { fitsFieldType, valueText } from "#language/semantics/type-fits.ts";
import type { Expression, TableExpression } from "#language/syntax/tree.ts";
import { fieldBuilders } from "#vocabulary/fields.ts";

/** Defaults of schema fields that the field itself refuses: the file would not start. */
export const schemaFields: Rule = {
  visit: {
    CallExpression: ({ callee, arguments: [options] }, context) => {
      if (callee.kind !== "MemberExpression" || callee.object.kind !== "NameExpression") return;
      const type = callee.member.text;
      const isField = callee.object.text === "field" && types.has(type);
      if (isField && options?.kind === "TableExpression") check(options, type, context);
    },
  },
};

const types: ReadonlySet<string> = new Set(fieldBuilders.map(({ name }) => name));

function check(options: TableExpression, fieldType: string, context: StatementContext): void {
  const standard = fieldNamed(options, "default")?.value;
  if (!standard) return;
  const type = context.types.typeOf(context.model, standard);
  if (type.kind === "nil") return;
  if (!fitsFieldType(type, fieldType)) {
    context.report({
      code: "wrong-field-type",
      span: standard,
      message: `The default of a field of type ${fieldType} can't be ${valueText(type)}.`,
    });
    return;
  }
  checkChoice(standard, fieldNamed(options, "enum")?.value, context);
}

function checkChoice(standard: Expression, choices: Expression | undefined, context: StatementContext): void {
  const text = stringLiteral(standard);
  if (!text || choices?.kind !== "TableExpression") return;
  const known = choices.fields.map(({ value }) => stringLiteral(value)?.value);
  if (known.includes(text.value) || known.includes(undefined)) return;
  context.report({
    code: "wrong-field-type",
    span: text.content,
    message: `The default "${text.value}" is none of the values of the field: ${known.join(", ")}.`,
  });
}

import type {
  Expression,
  FunctionBody,
  KeyedField,
  NamedField,
  Span,
  StringExpression,
  TableExpression,
  TableField,
} from "#language/syntax/tree.ts";

/** A field with a name that the text tells: `name = …` or `["name"] = …`. */
export interface NameOfField {
  readonly name: string;
  /** The name as it is written, without quotes. */
  readonly span: Span;
  readonly field: NamedField | KeyedField;
  readonly value: Expression;
}

/** The fields of a table whose names stand in the text, in order. */
export function namedFields(table: TableExpression): NameOfField[] {
  return table.fields.flatMap((field) => nameOf(field) ?? []);
}

/** The field of that name, the last one when it stands twice, as Lua has it. */
export function fieldNamed(table: TableExpression, name: string): NameOfField | undefined {
  // Asked for again and again: nothing is made of the fields with other names.
  for (let index = table.fields.length - 1; index >= 0; index--) {
    const field = table.fields[index];
    if (field && textOfName(field) === name) return nameOf(field);
  }
  return undefined;
}

function textOfName(field: TableField): string | undefined {
  if (field.kind === "NamedField") return field.name.text;
  return field.kind === "KeyedField" && field.key.kind === "StringExpression" ? field.key.value : undefined;
}

function nameOf(field: TableField): NameOfField | undefined {
  if (field.kind === "NamedField")
    return { name: field.name.text, span: field.name, field, value: field.value };
  if (field.kind === "KeyedField" && field.key.kind === "StringExpression")
    return { name: field.key.value, span: field.key.content, field, value: field.value };
  return undefined;
}

/** The values without a key, in order. */
export function positionalValues(table: TableExpression): Expression[] {
  return table.fields.filter((field) => field.kind === "PositionalField").map(({ value }) => value);
}

/** The text of a string literal, parentheses aside. */
export function stringLiteral(expression: Expression | undefined): StringExpression | undefined {
  if (expression?.kind === "ParenthesizedExpression") return stringLiteral(expression.inner);
  return expression?.kind === "StringExpression" ? expression : undefined;
}

/** The first function among the values without a key: the body of a Procedure or a Tool. */
export function positionalFunction(table: TableExpression): FunctionBody | undefined {
  for (const value of positionalValues(table)) if (value.kind === "FunctionExpression") return value.body;
  return undefined;
}

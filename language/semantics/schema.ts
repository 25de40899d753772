import { fieldNamed, namedFields, stringLiteral } from "#language/semantics/table-fields.ts";
import {
  booleanType,
  integerType,
  listOf,
  type Member,
  numberType,
  openTable,
  type Place,
  type PlacedStatement,
  stringOf,
  type Type,
  unknownType,
} from "#language/semantics/types.ts";
import type { Expression, Span, TableExpression } from "#language/syntax/tree.ts";

/** One field of an `input`, `output` or `state` schema. */
export interface SchemaField {
  readonly name: string;
  /** `string`, `number`, `integer`, `boolean`, `array`, `object`, or whatever is written there. */
  readonly type: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly description?: string;
  /** The only values that it may have, when all are literals. */
  readonly values?: ReadonlyArray<string | number | boolean>;
  readonly items?: SchemaField;
  readonly properties?: Schema;
  /** Its name where it is declared. */
  readonly place: Place;
  /** `field.string{…}`, or the older table. */
  readonly expression: Expression;
}

/** The fields of a schema. `isOpen`: some are computed, so there may be more. */
export interface Schema {
  readonly fields: readonly SchemaField[];
  readonly isOpen: boolean;
}

/** An expression in its statement. */
export interface PlacedExpression {
  readonly expression: Expression;
  readonly statement: PlacedStatement;
}

/** Finds what a name holds when that is written out once; anything else, and what only a run can know, stays as it is. */
export type FollowConstant = (placed: PlacedExpression) => PlacedExpression;

/** Reads `{ topic = field.string{required = true}, … }`; undefined when it is no table that can be seen here. */
export function readSchema(placed: PlacedExpression, follow: FollowConstant): Schema | undefined {
  const { expression: table, statement } = follow(placed);
  if (table.kind !== "TableExpression") return undefined;
  const fields = namedFields(table).flatMap(({ name, span, value }) => {
    const field = readField(name, span, { expression: value, statement }, follow);
    return field ? [field] : [];
  });
  return { fields, isOpen: fields.length < table.fields.length };
}

/** Reads `field.string{…}` or `{type = "string"}`; undefined when it is neither. `span` is the name in the same statement. */
export function readField(
  name: string,
  span: Span,
  placed: PlacedExpression,
  follow: FollowConstant,
): SchemaField | undefined {
  const { expression: value, statement } = follow(placed);
  const builder = builderOf(value);
  const options = builder ? builder.options : value.kind === "TableExpression" ? value : undefined;
  const type = builder?.type ?? (options && stringLiteral(fieldNamed(options, "type")?.value)?.value);
  if (type === undefined) return undefined;
  return {
    name,
    type,
    place: { statement: placed.statement, span },
    expression: placed.expression,
    ...optionsOf(options, statement, follow),
  };
}

function optionsOf(
  options: TableExpression | undefined,
  statement: PlacedStatement,
  follow: FollowConstant,
): Pick<SchemaField, "required" | "hasDefault"> & Partial<SchemaField> {
  if (!options) return { required: false, hasDefault: false };
  const option = (name: string) => fieldNamed(options, name)?.value;
  const description = stringLiteral(option("description"))?.value;
  const values = literalValues(option("enum"));
  const items = fieldNamed(options, "items");
  const item = items && readField("items", items.span, { expression: items.value, statement }, follow);
  const nested = option("properties");
  const properties = nested && readSchema({ expression: nested, statement }, follow);
  return {
    required: isTrue(option("required")),
    hasDefault: option("default") !== undefined,
    ...(description !== undefined && { description }),
    ...(values && { values }),
    ...(item && { items: item }),
    ...(properties && { properties }),
  };
}

/** The table of values that fit a schema. */
export function typeOfSchema(schema: Schema): Type {
  const members = new Map<string, Member>();
  for (const field of schema.fields) {
    members.set(field.name, {
      name: field.name,
      type: typeOfField(field),
      isOptional: !field.required && !field.hasDefault,
      place: field.place,
      ...(field.description !== undefined && { doc: field.description }),
    });
  }
  return { kind: "table", members, isOpen: schema.isOpen };
}

/** The value of one field. */
export function typeOfField(field: SchemaField): Type {
  switch (field.type) {
    case "string":
      return stringOf(field.values);
    case "number":
      return numberType;
    case "integer":
      return integerType;
    case "boolean":
      return booleanType;
    case "array":
      return field.items ? listOf(typeOfField(field.items)) : listOf(unknownType);
    case "object":
      return field.properties ? typeOfSchema(field.properties) : openTable;
    default:
      return unknownType;
  }
}

/** `field.string{…}`, `field.string({…})`, `field.string()`. */
function builderOf(value: Expression): { type: string; options?: TableExpression } | undefined {
  if (value.kind !== "CallExpression" || value.callee.kind !== "MemberExpression") return undefined;
  const { object, member } = value.callee;
  if (object.kind !== "NameExpression" || object.text !== "field") return undefined;
  const [options] = value.arguments;
  return { type: member.text, ...(options?.kind === "TableExpression" && { options }) };
}

function isTrue(expression: Expression | undefined): boolean {
  return expression?.kind === "LiteralExpression" && expression.value === true;
}

function literalValues(
  expression: Expression | undefined,
): ReadonlyArray<string | number | boolean> | undefined {
  if (expression?.kind !== "TableExpression") return undefined;
  const values = expression.fields.map(({ value }) => literalValue(value));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function literalValue(expression: Expression): string | number | boolean | undefined {
  if (expression.kind === "StringExpression" || expression.kind === "NumberExpression")
    return expression.value;
  return expression.kind === "LiteralExpression" ? expression.value : undefined;
}

import { deprecated, removed, replacement } from "#language/diagnostics/fields/field-findings.ts";
import type { StatementContext } from "#language/diagnostics/rule.ts";
import {
  fieldNamed,
  type NameOfField,
  namedFields,
  positionalFunction,
  stringLiteral,
} from "#language/semantics/table-fields.ts";
import { fitsKinds, kindsText, valueText } from "#language/semantics/type-fits.ts";
import { alternatives, type Type } from "#language/semantics/types.ts";
import type { Expression, TableExpression } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import type { FieldCondition, FieldEntry, ValueEntry } from "#vocabulary/entries.ts";

/** What the vocabulary says of a table. */
export interface TableShape {
  /** For people: `Agent`, `"retry"`. */
  readonly owner: string;
  readonly fields: readonly FieldEntry[];
  /** Other keys are the author's. */
  readonly isOpen?: boolean | undefined;
  /** Other keys are errors. */
  readonly isClosed?: boolean | undefined;
  /** What stands behind a key of the author. */
  readonly each?: ValueEntry | undefined;
}

/** Checks the fields that a table has: unknown, removed, older, without effect, of a wrong kind; and in their tables. */
export function checkTable(table: TableExpression, shape: TableShape, context: StatementContext): void {
  for (const field of namedFields(table)) {
    const entry = shape.fields.find(({ name }) => name === field.name);
    if (entry) checkKnown(field, entry, table, shape, context);
    else if (!shape.isOpen) reportUnknown(field, shape, context);
    else if (shape.each) checkValue(field.value, shape.each, `"${field.name}" of ${shape.owner}`, context);
  }
}

/** Checks an argument: the text that it is, or the fields of the table. */
export function checkArgument(
  value: Expression,
  entry: FieldEntry,
  owner: string,
  callee: string,
  context: StatementContext,
): void {
  checkText(value, entry, owner, context);
  checkInside(value, entry, callee, context);
}

/** Reports the fields that a table must have and has not. */
export function checkMissing(
  table: TableExpression,
  { owner, fields }: TableShape,
  span: { readonly start: number; readonly end: number },
  context: StatementContext,
  severity: "error" | "warning",
): void {
  // What is computed may bring any field.
  if (table.fields.some(({ kind, value }) => kind === "KeyedField" || value.kind === "VarargExpression"))
    return;
  const present = new Set(namedFields(table).map(({ name }) => name));
  for (const entry of fields) {
    const { name, doc, requiredThen, onlyWith } = entry;
    const isNeeded = entry.required || (requiredThen && onlyWith && holds(onlyWith, table, fields) === true);
    const isThere =
      present.has(name) || fields.some(({ name: other, aliasOf }) => aliasOf === name && present.has(other));
    if (!isNeeded || isThere || entry.aliasOf !== undefined) continue;
    const at = table.openBrace.end;
    const text = ` ${name} = ${placeholderFor(entry)}${table.fields.length > 0 ? "," : " "}`;
    context.report({
      code: "missing-field",
      span: { start: span.start, end: span.end },
      severity,
      message: `${owner} needs "${name}": ${lowerFirst(doc)}`,
      fixes: [{ title: `Add "${name}"`, edits: [{ start: at, end: at, text }] }],
    });
  }
}

function checkKnown(
  field: NameOfField,
  entry: FieldEntry,
  table: TableExpression,
  { owner, fields }: TableShape,
  context: StatementContext,
): void {
  if (entry.removed !== undefined) {
    context.report(removed(field, entry.removed));
    return;
  }
  if (entry.deprecated !== undefined) context.report(deprecated(field, entry.deprecated));
  const { onlyWith } = entry;
  if (onlyWith && holds(onlyWith, table, fields) === false)
    context.report({
      code: "unknown-field",
      span: field.span,
      severity: "information",
      message: `"${field.name}" of ${owner} counts only with ${onlyWith.field} ${listed(onlyWith.values)}: here it is ignored.`,
      tags: ["unnecessary"],
    });
  const type = context.types.typeOf(context.model, field.value);
  if (mayBeAbsent(type)) return;
  if (!fitsKinds(type, entry.types)) {
    context.report({
      code: "wrong-field-type",
      span: field.value,
      message: `"${field.name}" of ${owner} must be ${kindsText(entry.types)}, not ${valueText(type)}.`,
    });
    return;
  }
  checkText(field.value, entry, `"${field.name}" of ${owner}`, context);
  checkInside(field.value, entry, `"${field.name}"`, context);
}

/** `x = nil` is as good as no field. */
function mayBeAbsent(type: Type): boolean {
  return alternatives(type).some(({ kind }) => kind === "nil");
}

/** A value that no field of its own describes: behind a key of the author, or in a list. */
function checkValue(value: Expression, entry: ValueEntry, owner: string, context: StatementContext): void {
  const type = context.types.typeOf(context.model, value);
  if (!fitsKinds(type, entry.types)) {
    context.report({
      code: "wrong-field-type",
      span: value,
      severity: "warning",
      message: `${upperFirst(owner)} must be ${kindsText(entry.types)}, not ${valueText(type)}.`,
    });
    return;
  }
  checkText(value, entry, owner, context);
  checkInside(value, entry, owner, context);
}

/** The fields of a table and the items of a list. */
function checkInside(value: Expression, entry: ValueEntry, owner: string, context: StatementContext): void {
  if (value.kind !== "TableExpression") return;
  const isList = value.fields.length > 0 && value.fields.every(({ kind }) => kind === "PositionalField");
  if (isList && entry.types.includes("list")) {
    if (entry.each)
      for (const { value: item } of value.fields) checkItem(item, entry.each, `an item of ${owner}`, context);
    return;
  }
  if (!entry.fields || isList) return;
  const shape = { owner, fields: entry.fields, isOpen: entry.isOpen, each: entry.each };
  checkTable(value, shape, context);
  if (value.fields.length > 0) checkMissing(value, shape, value.openBrace, context, "warning");
}

function checkItem(item: Expression, each: ValueEntry, owner: string, context: StatementContext): void {
  // A tool that is declared among names of tools is an older form, which has a rule of its own.
  const isTool = item.kind === "TableExpression" && each.refersTo === "toolOrToolset" && hasFunction(item);
  if (!isTool) checkValue(item, each, owner, context);
}

function hasFunction(table: TableExpression): boolean {
  return fieldNamed(table, "handler") !== undefined || positionalFunction(table) !== undefined;
}

/** A text that is none of those that may stand there. */
function checkText(
  value: Expression,
  { values }: ValueEntry,
  owner: string,
  { report }: StatementContext,
): void {
  const text = stringLiteral(value);
  if (!text || !values || values.includes(text.value)) return;
  const known = values.map(String);
  // The style of a module may be written in any case (language.md §2.1).
  if (known.some((each) => each.toLowerCase() === text.value.toLowerCase())) return;
  const guess = nearestName(text.value, known);
  report({
    code: "wrong-field-type",
    span: text.content,
    severity: "warning",
    message: `${upperFirst(owner)} can't be "${text.value}": it is one of ${known.join(", ")}.`,
    ...(guess !== undefined && { fixes: [replacement(text.content, guess)] }),
  });
}

function reportUnknown(
  { name, span }: NameOfField,
  { fields, owner, isClosed }: TableShape,
  { report }: StatementContext,
): void {
  const guess = nearestName(
    name,
    fields
      .filter((entry) => entry.removed === undefined && entry.deprecated === undefined)
      .map((entry) => entry.name),
  );
  report({
    code: "unknown-field",
    span,
    severity: isClosed ? "error" : "warning",
    message: `${upperFirst(owner)} has no field "${name}"${isClosed ? "" : ": it is ignored"}.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
    ...(guess !== undefined && { fixes: [{ ...replacement(span, guess), isSafe: true }] }),
  });
}

/** Whether a condition on another field of the table holds; undefined when only a run can know. */
function holds(
  { field, values }: FieldCondition,
  table: TableExpression,
  fields: readonly FieldEntry[],
): boolean | undefined {
  const given = fieldNamed(table, field);
  if (given) {
    const text = stringLiteral(given.value);
    return text && values.includes(text.value);
  }
  const { default: standard } = fields.find(({ name }) => name === field) ?? {};
  return standard === undefined ? undefined : values.includes(String(standard));
}

function placeholderFor({ types }: FieldEntry): string {
  if (types.includes("text")) return '""';
  if (types.includes("function")) return "function() end";
  return types.some((kind) => kind === "number" || kind === "integer") ? "0" : "{}";
}

function listed(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(" or ");
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Owners that are names stay as they are written. */
function upperFirst(owner: string): string {
  return owner.startsWith("an item ") ? `An${owner.slice(2)}` : owner;
}

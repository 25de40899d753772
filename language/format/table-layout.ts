import type { Expression, TableExpression, TableField } from "#language/syntax/tree.ts";
import { GapKind, type Layout, Separator } from "./layout.ts";

/**
 * A table that its author wrote on several lines has one field a line, each with a comma behind it; any other stands on
 * one line while it fits there. Tables of numbers keep their rows.
 */
export function layOutTable(layout: Layout, node: TableExpression, visit: (field: TableField) => void): void {
  const open = layout.firstOf(node.openBrace);
  const close = layout.lastOf(node);
  const isFilled = node.fields.length > 1 && node.fields.every(isNumber);
  const group = layout.openTokens(open, close, {
    keepsBlankLines: true,
    isFilled,
    canBreak: node.fields.length > 0,
  });
  const before = layout.certainBreaks;
  let previous = open;
  for (const field of node.fields) {
    fieldGap(layout, { field, group, previous, isRow: isFilled && previous !== open });
    visit(field);
    previous = layout.lastOf(field);
    const isLast = field === node.fields.at(-1);
    layout.separate(previous, isLast ? Separator.trailingComma : Separator.comma);
  }
  layout.gap(close, GapKind.close, group);
  const isEmpty = node.fields.length === 0;
  const breaks = isEmpty ? layout.hasForcedBreak(open, close) : layout.isBrokenBefore(close, previous);
  const holdsBreak = layout.certainBreaks > before || layout.hasForcedBreak(open, close);
  if (breaks || (node.fields.length > 1 && holdsBreak)) layout.breakGroup(group);
}

interface FieldPlace {
  readonly field: TableField;
  readonly group: number;
  readonly previous: number;
  /** It may share its line with the field before it. */
  readonly isRow: boolean;
}

function fieldGap(layout: Layout, { field, group, previous, isRow }: FieldPlace): void {
  const first = layout.firstOf(field);
  layout.gap(first, isRow ? GapKind.kept : GapKind.inner, group);
  if (!layout.isBrokenBefore(first, previous)) return;
  layout.breakGroup(group);
  if (isRow) layout.keepBreak(first);
}

function isNumber(field: TableField): boolean {
  return field.kind === "PositionalField" && isNumberValue(field.value);
}

function isNumberValue(node: Expression): boolean {
  if (node.kind === "UnaryExpression") return isNumberValue(node.operand);
  return node.kind === "NumberExpression";
}

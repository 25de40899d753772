import type { CursorSlot } from "#language/completion/cursor-slot.ts";
import type { Project } from "#language/project/project.ts";
import {
  type ExpectedValue,
  expectedArgument,
  expectedValue,
  inField,
  inList,
} from "#language/semantics/expected-value.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { CallExpression, MethodCall, Node, TableExpression } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";
import { fileSettings } from "#vocabulary/settings.ts";

/** A place in a file, for those who suggest something there. */
export interface CompletionPlace {
  readonly file: ProcedureFile;
  readonly project: Project;
  readonly model: StatementModel;
  /** From the statement to the innermost node. */
  readonly path: readonly Node[];
  /** In the text. */
  readonly offset: number;
  /** Relative to the statement. */
  readonly relative: number;
}

/** A place outside of texts and comments. */
export interface CodePlace extends CompletionPlace {
  readonly slot: CursorSlot;
}

/** The table that is open around a place, and what is meant to be in it. */
export interface TablePlace {
  readonly model: StatementModel;
  readonly table: TableExpression;
  /** From the statement to the table. */
  readonly path: readonly Node[];
  readonly expected: ExpectedValue | undefined;
}

/** The table whose brace is what is open around a place. */
export function tableAround({ file, slot }: CodePlace): TablePlace | undefined {
  if (slot.opener !== "{") return undefined;
  const { model, path } = pathBehind(file, slot.openerStart);
  if (!model) return undefined;
  const start = slot.openerStart - model.offset;
  const index = path.findLastIndex(
    (node) => node.kind === "TableExpression" && node.openBrace.start === start,
  );
  const table = path[index];
  if (table?.kind !== "TableExpression") return undefined;
  const tablePath = path.slice(0, index + 1);
  return { model, table, path: tablePath, expected: expectedValue(file, model, tablePath) };
}

/** What is meant to stand at the place of an expression. */
export function expectedHere(place: CodePlace): ExpectedValue | undefined {
  const { file, slot } = place;
  if (slot.opener === "{") {
    const around = tableAround(place)?.expected;
    if (slot.field !== undefined) return inField(around, slot.field);
    return slot.kind === "tableField" ? inList(around) : undefined;
  }
  if (slot.opener !== "(") return expectedBehindAssign(place);
  const { model, path } = pathBehind(file, slot.openerStart);
  const start = slot.openerStart - (model?.offset ?? 0);
  const call = path.findLast(
    (node): node is CallExpression | MethodCall =>
      (node.kind === "CallExpression" || node.kind === "MethodCall") && node.argumentList.start === start,
  );
  return model && call && isArgumentStart(place)
    ? expectedArgument(file, model, call, slot.index)
    : undefined;
}

/** Right behind the bracket or a comma, not inside of a longer expression. */
function isArgumentStart({ file, slot }: CodePlace): boolean {
  return /[(,]\s*$/.test(file.text.slice(Math.max(0, slot.word.start - 200), slot.word.start));
}

/** `default_model = …`. */
function expectedBehindAssign({ file, slot }: CodePlace): ExpectedValue | undefined {
  const line = file.text.slice(file.text.lastIndexOf("\n", slot.word.start - 1) + 1, slot.word.start);
  const name = /^\s*(\w+)\s*=\s*$/.exec(line)?.[1];
  const entry = slot.opener === "file" ? fileSettings.find((setting) => setting.name === name) : undefined;
  return entry && { entry, owner: entry.name };
}

/** The nodes right behind a bracket. */
function pathBehind(
  file: ProcedureFile,
  bracket: number,
): { readonly model: StatementModel | undefined; readonly path: readonly Node[] } {
  const { index, path } = nodePathAt(file.tree, bracket + 1);
  return { model: file.models[index], path };
}

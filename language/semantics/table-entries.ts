import { calledWord } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { CallExpression, Node, TableExpression } from "#language/syntax/tree.ts";
import { turnFields } from "#vocabulary/declarations/agent.ts";
import { mockFields } from "#vocabulary/declarations/interaction.ts";
import { inlineToolFields, toolExpressionFields } from "#vocabulary/declarations/tool.ts";
import type { FieldEntry } from "#vocabulary/entries.ts";
import { fieldOptions } from "#vocabulary/fields.ts";

/** What the fields of a table can be, where the vocabulary says so. */
export interface TableEntries {
  readonly entries: readonly FieldEntry[];
  /** What the table is, for people: `Agent`, `retry`. */
  readonly owner: string;
}

/** Lists whose items are tables with fields of their own. */
const itemFields: Readonly<Record<string, readonly FieldEntry[]>> = {
  tools: toolExpressionFields,
  inline_tools: inlineToolFields,
};

/** The fields that a table can have; `path` leads from the statement to the table. Undefined when nothing is said. */
export function tableEntries(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
): TableEntries | undefined {
  const table = path.at(-1);
  if (table?.kind !== "TableExpression") return undefined;
  const site = model.sites.find(({ config }) => config === table);
  if (site)
    return site.entry.fields.length > 0 ? { entries: site.entry.fields, owner: site.kind } : undefined;
  const parent = path.at(-2);
  if (parent?.kind === "CallExpression") return argumentEntries(file, model, parent, table);
  if (parent?.kind === "NamedField") return nestedEntries(file, model, path, parent.name.text);
  return parent?.kind === "PositionalField" ? itemEntries(file, model, path) : undefined;
}

function argumentEntries(
  file: ProcedureFile,
  model: StatementModel,
  call: CallExpression,
  table: TableExpression,
): TableEntries | undefined {
  const { callee } = call;
  if (
    callee.kind === "MemberExpression" &&
    callee.object.kind === "NameExpression" &&
    callee.object.text === "field"
  )
    return { entries: fieldOptions, owner: `field.${callee.member.text}` };
  const parameter = calledWord(callee)?.parameters[call.arguments.indexOf(table)];
  if (parameter?.fields) return { entries: parameter.fields, owner: parameter.name };
  const called = file.types.typeOf(model, callee);
  if (called.kind === "handle" && called.handle === "agent") return { entries: turnFields, owner: "a turn" };
  return undefined;
}

/** A table that is the value of a field: the field's own fields, or what a mock may hold. */
function nestedEntries(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
  name: string,
): TableEntries | undefined {
  const outerPath = path.slice(0, -2);
  const outer = outerPath.at(-1);
  const isMock = model.sites.some(({ kind, config }) => kind === "Mocks" && config === outer);
  if (isMock) return { entries: mockFields, owner: "a mock" };
  const entry = tableEntries(file, model, outerPath)?.entries.find((each) => each.name === name);
  return entry?.fields && { entries: entry.fields, owner: name };
}

/** A table in a list that is the value of a field. */
function itemEntries(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
): TableEntries | undefined {
  const listField = path.at(-4);
  if (path.at(-3)?.kind !== "TableExpression" || listField?.kind !== "NamedField") return undefined;
  const name = listField.name.text;
  const entry = tableEntries(file, model, path.slice(0, -4))?.entries.find((each) => each.name === name);
  const entries = entry?.fields ?? (entry ? itemFields[name] : undefined);
  return entries && { entries, owner: `an item of ${name}` };
}

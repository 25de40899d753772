import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Something that a run can start with (language.md §1.2). */
export interface EntryPoint {
  readonly name: string;
  readonly model: StatementModel;
  /** Where it is shown; relative to the statement. */
  readonly span: Span;
}

/** The procedures of a file; else its function `main`; else the script that the file is. */
export function entryPoints(file: ProcedureFile): readonly EntryPoint[] {
  const procedures = file.types.sites().filter(({ site }) => site.kind === "Procedure" && !site.enclosing);
  if (procedures.length > 0)
    return procedures.map(({ model, site }) => ({
      name: site.name?.text ?? "main",
      model,
      span: site.name?.span ?? site.callee,
    }));
  const start = file.models.find(isMain) ?? file.models.find(isSchema) ?? file.models.find(isReturn);
  return start ? [{ name: "main", model: start, span: start.top.node }] : [];
}

function isMain({ top: { node } }: StatementModel): boolean {
  return (
    node.kind === "FunctionStatement" && node.target.kind === "NameExpression" && node.target.text === "main"
  );
}

/** `input {…}` or `output {…}` at the top. */
function isSchema({ top: { node } }: StatementModel): boolean {
  const call = node.kind === "CallStatement" && node.call.kind === "CallExpression" ? node.call : undefined;
  return call?.callee.kind === "NameExpression" && ["input", "output"].includes(call.callee.text);
}

/** A module returns something too; only a table that is written out is taken for a script's result. */
function isReturn({ top: { node } }: StatementModel): boolean {
  return node.kind === "ReturnStatement" && node.values[0]?.kind === "TableExpression";
}

import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Node } from "#language/syntax/tree.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

/** A file as reports name it. */
export interface SourceFile {
  readonly name: string;
  readonly file: ProcedureFile;
}

/** A node and where it stands. */
export interface Placed<Kind extends Node = Node> {
  readonly source: SourceFile;
  readonly model: StatementModel;
  readonly node: Kind;
}

/** Another node of the same statement. */
export function beside<Kind extends Node>({ source, model }: Placed, node: Kind): Placed<Kind> {
  return { source, model, node };
}

/** Where a node begins, as reports say it. */
export function originOf({ source, model, node }: Placed): ManifestEntry["origin"] {
  const { line } = source.file.lines.positionAt(model.offset + node.start);
  return { file: source.name, line: line + 1 };
}

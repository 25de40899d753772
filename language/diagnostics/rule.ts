import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";
import type { DiagnosticTag } from "#language/diagnostics/diagnostic.ts";
import type { DiagnosticSeverity } from "#language/diagnostics/diagnostic-severity.ts";
import type { ProjectView } from "#language/project/project-view.ts";
import type { Inference } from "#language/semantics/inference/inference.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Place } from "#language/semantics/types.ts";
import type { Node, Span } from "#language/syntax/tree.ts";

/** A finding before it has a place in the file: spans are relative to the statement that it is found in. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly message: string;
  /** Instead of what the catalogue says. */
  readonly severity?: DiagnosticSeverity;
  readonly fixes?: readonly FindingFix[];
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  readonly tags?: readonly DiagnosticTag[];
}

/** A fix whose edits are relative to the statement. */
export interface FindingFix {
  readonly title: string;
  readonly edits: readonly (Span & { readonly text: string })[];
  readonly isPreferred?: boolean;
  readonly isSafe?: boolean;
}

/** What a rule sees of a statement. What it finds is kept until the statement, or something that it names, changes. */
export interface StatementContext {
  readonly file: ProcedureFile;
  readonly model: StatementModel;
  readonly types: Inference;
  readonly project: ProjectView;
  /** The nodes around the one that is visited, outermost first. */
  readonly parents: readonly Node[];
  report(finding: Finding): void;
}

/** What a rule about the whole file sees. It is asked after every change, so it looks at facts and not at trees. */
export interface FileContext {
  readonly file: ProcedureFile;
  readonly types: Inference;
  readonly project: ProjectView;
  report(model: StatementModel, finding: Finding): void;
}

type Visitors = {
  readonly [Kind in Node["kind"]]?: (node: Extract<Node, { kind: Kind }>, context: StatementContext) => void;
};

/** One thing that is checked. Any of the three parts may be left out. */
export interface Rule {
  /** Called for each node of that kind. */
  readonly visit?: Visitors;
  /** Called once for each statement. */
  readonly statement?: (context: StatementContext) => void;
  /** Called once for the file. */
  readonly file?: (context: FileContext) => void;
}

import type { Annotations } from "#language/annotations/annotations.ts";
import type { FileNames } from "#language/semantics/file-names.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Type } from "#language/semantics/types.ts";

/** What inference needs to see of a file and of what is around it. */
export interface FileView {
  readonly uri: string;
  readonly models: readonly StatementModel[];
  readonly names: FileNames;
  /** The annotations in the comment right before a place in a statement. */
  annotationsBefore(model: StatementModel, start: number): Annotations | undefined;
  /** What `require(name)` gives; undefined when there is no such module. */
  moduleType(name: string): Type | undefined;
  /** The word that declared what a global holds that only evaluating the file could find. */
  evaluatedKind(name: string): string | undefined;
  /** A global that a required module of the project sets. */
  globalOfModules(name: string): Type | undefined;
}

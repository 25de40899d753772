import { expectedArgument } from "#language/semantics/expected-value.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { Span } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** A text that names a file or a folder beside the file that it stands in. */
export interface PathReference {
  readonly path: string;
  /** Without quotes; relative to the statement. */
  readonly span: Span;
}

const pathsOf = new WeakMap<StatementModel, readonly PathReference[]>();

/** The paths in a statement: of declarations, of primitives, of functions of the library that take one. */
export function pathReferences(file: ProcedureFile, model: StatementModel): readonly PathReference[] {
  const known = pathsOf.get(model);
  if (known) return known;
  const found = new Map<number, PathReference>();
  for (const { kind, text, span } of namedReferences(model))
    if (kind === "path" || (kind === "toolSource" && /^\.\//.test(text)))
      found.set(span.start, { path: text, span });
  walk(model.top.node, (node) => {
    if (node.kind !== "CallExpression" || node.callee.kind !== "MemberExpression") return;
    for (const [index, argument] of node.arguments.entries()) {
      const text = stringLiteral(argument);
      if (text && expectedArgument(file, model, node, index)?.entry?.refersTo === "path")
        found.set(text.content.start, { path: text.value, span: text.content });
    }
  });
  const paths = [...found.values()];
  pathsOf.set(model, paths);
  return paths;
}

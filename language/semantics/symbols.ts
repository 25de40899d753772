import { type NamedReference, namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import { alternatives, type Member, type Place, type Type } from "#language/semantics/types.ts";
import type { Expression, NameNode, Node, Span, StringExpression } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** What a name in a text means. */
export type SymbolTarget =
  /** A local, a parameter or a loop variable. */
  | { readonly kind: "local"; readonly model: StatementModel; readonly binding: Binding }
  /** A global, or something that is declared under a name; texts may name it as well. */
  | { readonly kind: "global"; readonly name: string; readonly reference?: NamedReference }
  /** A field of a value. */
  | { readonly kind: "member"; readonly name: string; readonly member: Member; readonly owner: Type }
  /** What `require` names. */
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "label"; readonly name: string };

/** A symbol, and the name that was asked about. */
export interface SymbolAt {
  readonly target: SymbolTarget;
  readonly model: StatementModel;
  /** Relative to the statement. */
  readonly span: Span;
  readonly node: Node;
}

/** The symbol at an offset of a file; undefined where no name stands. */
export function symbolAt(file: ProcedureFile, offset: number): SymbolAt | undefined {
  const { index, base, path } = nodePathAt(file.tree, offset);
  const model = file.models[index];
  const node = path.at(-1);
  if (!model || !node) return undefined;
  const target = targetOf(file, model, node, path, offset - base);
  const span = target && spanOf(node, target, model, offset - base);
  return target && span && { target, model, span, node };
}

function targetOf(
  file: ProcedureFile,
  model: StatementModel,
  node: Node,
  path: readonly Node[],
  offset: number,
): SymbolTarget | undefined {
  switch (node.kind) {
    case "NameExpression":
      return nameTarget(file, model, node);
    case "NameNode":
      return nameNodeTarget(file, model, node, path.at(-2), path);
    case "StringExpression":
      return stringTarget(model, node, path.at(-2), offset);
    default:
      return undefined;
  }
}

function nameTarget(
  file: ProcedureFile,
  model: StatementModel,
  node: Extract<Node, { kind: "NameExpression" }>,
): SymbolTarget | undefined {
  const own = model.scopes.bindingOf.get(node);
  if (own) return { kind: "local", model, binding: own };
  const outer = file.names.topLocal(node.text, model.index);
  if (outer) return { kind: "local", ...outer };
  return { kind: "global", name: node.text };
}

function nameNodeTarget(
  file: ProcedureFile,
  model: StatementModel,
  node: NameNode,
  parent: Node | undefined,
  path: readonly Node[],
): SymbolTarget | undefined {
  if (parent?.kind === "MemberExpression") return memberTarget(file, model, parent.object, node.text);
  if (parent?.kind === "MethodCall") return memberTarget(file, model, parent.object, node.text);
  if (parent?.kind === "GotoStatement" || parent?.kind === "LabelStatement")
    return { kind: "label", name: node.text };
  if (parent?.kind === "NamedField") return fieldTarget(file, model, node, path);
  const binding = model.scopes.bindings.find(
    ({ span }) => span.start === node.start && span.end === node.end,
  );
  return binding && { kind: "local", model, binding };
}

function memberTarget(
  file: ProcedureFile,
  model: StatementModel,
  object: Expression,
  name: string,
): SymbolTarget | undefined {
  const owner = file.types.typeOf(model, object);
  const member = memberNamed(owner, name, file);
  return member && { kind: "member", name, member, owner };
}

/** The member of that name of a value; texts have those of the `string` library. */
export function memberNamed(owner: Type, name: string, file: ProcedureFile): Member | undefined {
  for (const type of alternatives(owner)) {
    if (type.kind === "table" || type.kind === "handle") {
      const member = type.members.get(name);
      if (member) return member;
    } else if (type.kind === "string") {
      const library = file.types.globalType("string");
      const member = library?.kind === "table" ? library.members.get(name) : undefined;
      if (member) return member;
    }
  }
  return undefined;
}

/** The name of a field where a table is written: a key of `Mocks`, of a schema, or of the table's own type. */
function fieldTarget(
  file: ProcedureFile,
  model: StatementModel,
  node: NameNode,
  path: readonly Node[],
): SymbolTarget | undefined {
  const mocked = namedReferences(model).find(
    ({ span }) => span.start === node.start && span.end === node.end,
  );
  if (mocked) return { kind: "global", name: mocked.text, reference: mocked };
  const table = path.findLast((each) => each.kind === "TableExpression");
  if (table?.kind !== "TableExpression") return undefined;
  const owner = file.types.typeOf(model, table);
  const place: Place = { statement: model, span: node };
  const known = memberNamed(owner, node.text, file);
  const member: Member = known ?? { name: node.text, type: { kind: "unknown" }, place };
  return { kind: "member", name: node.text, member: { ...member, place }, owner };
}

function stringTarget(
  model: StatementModel,
  node: StringExpression,
  parent: Node | undefined,
  offset: number,
): SymbolTarget | undefined {
  if (parent?.kind === "CallExpression" && parent.callee.kind === "NameExpression") {
    const isFirst = stringLiteral(parent.arguments[0]) === node;
    if (parent.callee.text === "require" && isFirst) return { kind: "module", name: node.value };
  }
  const site = model.sites.find(({ name }) => name?.from !== "variable" && name?.span === node.content);
  if (site?.name) return { kind: "global", name: site.name.text };
  const reference = namedReferences(model).find(({ span }) => span.start <= offset && offset <= span.end);
  return reference && { kind: "global", name: reference.text, reference };
}

function spanOf(node: Node, target: SymbolTarget, model: StatementModel, offset: number): Span {
  if (node.kind !== "StringExpression") return node;
  if (target.kind === "global" && target.reference) return target.reference.span;
  const reference = namedReferences(model).find(({ span }) => span.start <= offset && offset <= span.end);
  return reference?.span ?? node.content;
}

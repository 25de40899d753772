import type { Project } from "#language/project/project.ts";
import { kindsOfReference } from "#language/semantics/declared-names.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { Binding, NameUse } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { memberNamed, type SymbolAt, type SymbolTarget } from "#language/semantics/symbols.ts";
import type { Place } from "#language/semantics/types.ts";
import type { Node, Span } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** A place where a symbol stands. */
export interface Occurrence {
  readonly file: ProcedureFile;
  readonly model: StatementModel;
  /** Relative to the statement. */
  readonly span: Span;
  readonly role: "declaration" | "write" | "read" | "text";
}

/** Every place where a symbol stands, in its own file and in those that share its names. */
export function occurrences(project: Project, file: ProcedureFile, symbol: SymbolAt): readonly Occurrence[] {
  const { target } = symbol;
  switch (target.kind) {
    case "local":
      return localOccurrences(file, target.model, target.binding);
    case "global":
      return relatedFiles(project, file.uri).flatMap((other) => globalOccurrences(other, target.name));
    case "member": {
      const { place } = target.member;
      if (!place) return [];
      return relatedFiles(project, file.uri).flatMap((other) => memberOccurrences(other, target, place));
    }
    case "module":
      return requiredModules(file)
        .filter(({ name }) => name === target.name)
        .map(({ model, text }) => ({ file, model, span: text.content, role: "text" }));
    case "label":
      return labelOccurrences(file, symbol.model, target.name);
  }
}

/** A file, those that it requires, and those that require it: they share their globals. */
export function relatedFiles(project: Project, uri: string): ProcedureFile[] {
  return project.relatedTo(uri).flatMap((other) => project.procedure(other) ?? []);
}

function localOccurrences(file: ProcedureFile, model: StatementModel, binding: Binding): Occurrence[] {
  const found: Occurrence[] = [];
  if (binding.span.start < binding.span.end)
    found.push({ file, model, span: binding.span, role: "declaration" });
  for (const use of binding.uses) found.push({ file, model, span: use.node, role: roleOf(use) });
  if (!binding.isTopLevel) return found;
  for (const other of file.models) {
    if (other.index <= model.index) continue;
    for (const use of other.scopes.free)
      if (use.name === binding.name && file.names.topLocal(use.name, other.index)?.binding === binding)
        found.push({ file, model: other, span: use.node, role: roleOf(use) });
  }
  return found;
}

function roleOf({ access }: NameUse): Occurrence["role"] {
  return access === "write" ? "write" : "read";
}

function globalOccurrences(file: ProcedureFile, name: string): Occurrence[] {
  const found: Occurrence[] = [];
  const kinds = new Set<string>();
  for (const model of file.models) {
    for (const use of model.scopes.free)
      if (use.name === name && !file.names.topLocal(name, model.index))
        found.push({ file, model, span: use.node, role: use.access === "write" ? "declaration" : "read" });
    for (const site of model.sites) {
      if (site.name?.text !== name || site.name.from === "local" || site.name.from === "key") continue;
      kinds.add(site.kind);
      if (site.name.from !== "variable")
        found.push({ file, model, span: site.name.span, role: "declaration" });
    }
  }
  for (const model of file.models)
    for (const { kind, text, span } of namedReferences(model))
      if (text === name && (kinds.size === 0 || kindsOfReference(kind).some((each) => kinds.has(each))))
        found.push({ file, model, span, role: "text" });
  return found;
}

function memberOccurrences(
  file: ProcedureFile,
  target: Extract<SymbolTarget, { kind: "member" }>,
  place: Place,
): Occurrence[] {
  const found: Occurrence[] = [];
  const isSame = (other: Place | undefined): boolean =>
    other !== undefined && other.statement === place.statement && other.span.start === place.span.start;
  for (const model of file.models) {
    walk(model.top.node, (node) => {
      const named = memberIn(node, target.name);
      if (!named) return;
      const { object, span } = named;
      const own: Place = { statement: model, span };
      const member = object && memberNamed(file.types.typeOf(model, object), target.name, file);
      if (isSame(own)) found.push({ file, model, span, role: "declaration" });
      else if (isSame(member?.place)) found.push({ file, model, span, role: "read" });
    });
  }
  return found;
}

/** The name of a member in a node, and the value that it belongs to. */
function memberIn(
  node: Node,
  name: string,
): { span: Span; object?: Extract<Node, { kind: "MemberExpression" }>["object"] } | undefined {
  if (node.kind === "MemberExpression" && node.member.text === name)
    return { span: node.member, object: node.object };
  if (node.kind === "MethodCall" && node.method.text === name)
    return { span: node.method, object: node.object };
  return node.kind === "NamedField" && node.name.text === name ? { span: node.name } : undefined;
}

function labelOccurrences(file: ProcedureFile, model: StatementModel, name: string): Occurrence[] {
  const found: Occurrence[] = [];
  walk(model.top.node, (node) => {
    if (node.kind === "GotoStatement" && node.label.text === name)
      found.push({ file, model, span: node.label, role: "read" });
    if (node.kind === "LabelStatement" && node.label.text === name)
      found.push({ file, model, span: node.label, role: "declaration" });
  });
  return found;
}

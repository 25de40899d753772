import { annotationSymbol } from "#language/semantics/annotation-symbols.ts";
import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import { fieldTarget, memberTarget } from "#language/semantics/member-symbols.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { NameAccess } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { FoundTarget, SymbolAt, SymbolRole } from "#language/semantics/symbol-target.ts";
import { textSymbol } from "#language/semantics/text-symbols.ts";
import type { NameExpression, NameNode, Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** The symbol at an offset of a file; undefined where no name stands. */
export function symbolAt(file: ProcedureFile, offset: number): SymbolAt | undefined {
  const { index, base, path } = nodePathAt(file.tree, offset);
  const model = file.models[index];
  const node = path.at(-1);
  if (!model) return undefined;
  if (node?.kind === "StringExpression") return textSymbol(file, model, path, offset - base);
  const named = node?.kind === "NameExpression" || node?.kind === "NameNode" ? node : undefined;
  if (!named || named.text === "") return annotationSymbol(file, offset);
  const found =
    named.kind === "NameExpression"
      ? nameTarget(file, model, named)
      : nameNodeTarget(file, model, named, path);
  return found && { ...found, model, span: named, node: named };
}

function nameTarget(file: ProcedureFile, model: StatementModel, node: NameExpression): FoundTarget {
  const own = model.scopes.bindingOf.get(node);
  if (own) {
    const access = own.uses.find((use) => use.node === node)?.access;
    return { target: { kind: "local", model, binding: own }, role: roleOf(access) };
  }
  const access = model.scopes.free.find((use) => use.node === node)?.access;
  const outer = file.names.topLocal(node.text, model.index);
  if (outer) return { target: { kind: "local", ...outer }, role: roleOf(access) };
  const kinds = declaredBy(file, node.text);
  return {
    target: { kind: "global", name: node.text, ...(kinds && { declaredBy: kinds }) },
    role: access === "write" ? "declaration" : "read",
  };
}

function roleOf(access: NameAccess | undefined): SymbolRole {
  return access === "write" ? "write" : "read";
}

/** The kinds of declarations that a global of a file holds; undefined when the file does not set it. */
function declaredBy(file: ProcedureFile, name: string): readonly string[] | undefined {
  const kinds = new Set<string>();
  for (const { site } of file.types.sites())
    if (site.name?.text === name && site.name.from !== "local" && site.name.from !== "key")
      kinds.add(site.kind);
  const isOwn = kinds.size > 0 || file.names.globalWrites(name).length > 0 || allWords().has(name);
  return isOwn ? [...kinds] : undefined;
}

function nameNodeTarget(
  file: ProcedureFile,
  model: StatementModel,
  node: NameNode,
  path: readonly Node[],
): FoundTarget | undefined {
  const parent = path.at(-2);
  switch (parent?.kind) {
    case "MemberExpression":
      return memberTarget(
        file,
        model,
        parent.object,
        node.text,
        node,
        isWritten(path) ? "declaration" : "read",
      );
    case "MethodCall":
      return memberTarget(file, model, parent.object, node.text, node, "read");
    case "GotoStatement":
      return { target: { kind: "label", name: node.text }, role: "read" };
    case "LabelStatement":
      return { target: { kind: "label", name: node.text }, role: "declaration" };
    case "NamedField":
      return fieldTarget(file, model, node, node.text, path.slice(0, -2));
    default: {
      const binding = model.scopes.bindings.find(
        ({ span }) => span.start === node.start && span.end === node.end,
      );
      return binding && { target: { kind: "local", model, binding }, role: "declaration" };
    }
  }
}

/** Whether the member at the end of a path is assigned, or names a function statement. */
function isWritten(path: readonly Node[]): boolean {
  const member = path.at(-2);
  const parent = path.at(-3);
  if (parent?.kind === "FunctionStatement") return parent.target === member;
  return parent?.kind === "Assignment" && parent.targets.some((target) => target === member);
}

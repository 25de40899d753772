import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Node, Span, TopStatement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

export type CallNodeKind = "procedure" | "agent" | "tool" | "function" | "script";

/** Something that calls or is called; spans are in the text. */
export interface CallNode {
  readonly file: ProcedureFile;
  readonly name: string;
  readonly kind: CallNodeKind;
  readonly range: Span;
  /** Its name; what declares it when it has none. */
  readonly selection: Span;
}

type RelativeNode = Omit<CallNode, "file">;

const kinds: Readonly<Record<string, CallNodeKind>> = {
  Procedure: "procedure",
  Agent: "agent",
  Tool: "tool",
};

const nodesOf = new WeakMap<TopStatement, readonly RelativeNode[]>();

/** The procedures, agents, tools and named functions of a file, in text order, outer ones before inner ones. */
export function callNodes(file: ProcedureFile): CallNode[] {
  return file.models.flatMap((model) =>
    relativeNodes(model).map((node) => ({
      ...node,
      file,
      range: moved(node.range, model.offset),
      selection: moved(node.selection, model.offset),
    })),
  );
}

/** The innermost of the nodes of a file around a span. */
export function callNodeAround(nodes: readonly CallNode[], span: Span): CallNode | undefined {
  return nodes.findLast(({ range }) => range.start <= span.start && span.end <= range.end);
}

/** The lines of a file outside of all functions, as something that calls. */
export function scriptNode(file: ProcedureFile): CallNode {
  const name = decodeURIComponent(file.uri.slice(file.uri.lastIndexOf("/") + 1));
  const range = { start: 0, end: file.text.length };
  return { file, name, kind: "script", range, selection: { start: 0, end: 0 } };
}

function relativeNodes(model: StatementModel): readonly RelativeNode[] {
  const known = nodesOf.get(model.top);
  if (known) return known;
  const found: RelativeNode[] = [];
  const sites = new Map<Node, DeclarationSite>(model.sites.map((site) => [site.call, site]));
  const visit = (node: Node): void => {
    const site = sites.get(node);
    found.push(...(site ? declared(site) : functionsIn(node)));
    for (const child of childrenOf(node)) visit(child);
  };
  visit(model.top.node);
  nodesOf.set(model.top, found);
  return found;
}

function declared({ kind, name, callee, call }: DeclarationSite): RelativeNode[] {
  const known = kinds[kind];
  if (!known) return [];
  const selection = spanOf(name?.span ?? callee);
  const start = Math.min(call.start, selection.start);
  return [{ name: name?.text ?? "main", kind: known, range: { start, end: call.end }, selection }];
}

/** The functions that a node gives a name to. */
function functionsIn(node: Node): RelativeNode[] {
  const entry = (name: string, selection: Span): RelativeNode => ({
    name,
    kind: "function",
    range: spanOf(node),
    selection: spanOf(selection),
  });
  switch (node.kind) {
    case "LocalFunction":
      return [entry(node.name.text, node.name)];
    case "FunctionStatement":
      return [targetEntry(node.target, entry)];
    case "LocalStatement":
      return node.names.flatMap(({ name }, index) =>
        node.values[index]?.kind === "FunctionExpression" ? [entry(name.text, name)] : [],
      );
    case "Assignment":
      return node.targets.flatMap((target, index) =>
        node.values[index]?.kind === "FunctionExpression" ? [targetEntry(target, entry)] : [],
      );
    default:
      return [];
  }
}

function targetEntry(target: Node, entry: (name: string, selection: Span) => RelativeNode): RelativeNode {
  if (target.kind === "MemberExpression") return entry(target.member.text, target.member);
  return entry(target.kind === "NameExpression" ? target.text : "?", target);
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

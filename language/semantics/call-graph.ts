import type { Project } from "#language/project/project.ts";
import { type CallNode, callNodeAround, callNodes, scriptNode } from "#language/semantics/call-nodes.ts";
import { definitionPlaces } from "#language/semantics/definitions.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { type Occurrence, occurrences } from "#language/semantics/occurrences.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { type GlobalTarget, nameOf, type SymbolAt } from "#language/semantics/symbol-target.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import type { Node, Span } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** A call, or a tool that an agent is given. */
export interface CallEdge {
  readonly from: CallNode;
  readonly to: CallNode;
  /** Where in the text of `from`. */
  readonly span: Span;
}

/** What is called at a place, or calls around it. */
export function callNodeAt(project: Project, file: ProcedureFile, offset: number): CallNode | undefined {
  const search = new NodeSearch(project);
  return search.meantAt(file, offset) ?? callNodeAround(search.nodesOf(file), { start: offset, end: offset });
}

/** Who calls it: agents that have the tool, procedures that call the agent, in all files that share its name. */
export function callersOf(project: Project, node: CallNode): CallEdge[] {
  const symbol = symbolAt(node.file, node.selection.start);
  // What has no name is called by nobody; its word stands in other places too.
  if (!symbol || nameOf(symbol.target) !== node.name) return [];
  const search = new NodeSearch(project);
  return occurrences(project, node.file, symbol).flatMap((occurrence) => {
    const nodes = search.nodesOf(occurrence.file);
    const from = occurrence.role === "declaration" ? undefined : callerAround(occurrence, nodes);
    const span = inText(occurrence.model, occurrence.span);
    return from && !isSameNode(from, node) ? [{ from, to: node, span }] : [];
  });
}

/** What it calls, and the tools that it is given. */
export function calleesOf(project: Project, node: CallNode): CallEdge[] {
  const { file } = node;
  const search = new NodeSearch(project);
  const nodes = search.nodesOf(file);
  return namesWithin(file, node.range).flatMap((span) => {
    const around = callNodeAround(nodes, span);
    const isOwn = node.kind === "script" ? !around : around !== undefined && isSameNode(around, node);
    const to = isOwn && span.start !== node.selection.start ? search.meantAt(file, span.start) : undefined;
    return to && !isSameNode(to, node) ? [{ from: node, to, span }] : [];
  });
}

/** Finds the nodes that names stand for; the same names stand in many places, so each is looked for once. */
class NodeSearch {
  readonly #project: Project;
  readonly #nodes = new Map<ProcedureFile, readonly CallNode[]>();
  readonly #meant = new Map<unknown, CallNode | undefined>();

  constructor(project: Project) {
    this.#project = project;
  }

  nodesOf(file: ProcedureFile): readonly CallNode[] {
    const known = this.#nodes.get(file) ?? callNodes(file);
    this.#nodes.set(file, known);
    return known;
  }

  /** The node that the name at an offset stands for. */
  meantAt(file: ProcedureFile, offset: number): CallNode | undefined {
    const symbol = symbolAt(file, offset);
    if (!symbol) return undefined;
    const { target } = symbol;
    const key =
      target.kind === "local" ? target.binding : target.kind === "global" ? globalKey(target) : symbol;
    if (!this.#meant.has(key)) this.#meant.set(key, this.#defined(file, symbol));
    return this.#meant.get(key);
  }

  #defined(file: ProcedureFile, symbol: SymbolAt): CallNode | undefined {
    for (const { statement, span } of definitionPlaces(file, symbol, this.#project)) {
      const home = this.#project.procedure(statement.uri);
      const start = statement.offset + span.start;
      const node = home && this.nodesOf(home).find(({ selection }) => selection.start === start);
      if (node) return node;
    }
    return undefined;
  }
}

function globalKey({ name, declaredBy }: GlobalTarget): string {
  return `${name} ${declaredBy?.join() ?? "?"}`;
}

/** What calls at an occurrence: what stands around it; the file when its own lines call. */
function callerAround({ file, model, span }: Occurrence, nodes: readonly CallNode[]): CallNode | undefined {
  const around = callNodeAround(nodes, inText(model, span));
  if (around) return around;
  const isCall = model.scopes.free.some(({ node, access }) => access === "call" && node.start === span.start);
  return isCall ? scriptNode(file) : undefined;
}

/** Names and texts in a part of a file that may stand for something that is called. */
function namesWithin(file: ProcedureFile, part: Span): Span[] {
  return file.models
    .filter(({ offset, top }) => offset < part.end && offset + top.length > part.start)
    .flatMap((model) => namesOf(model).map((span) => inText(model, span)))
    .filter(({ start, end }) => part.start <= start && end <= part.end);
}

function namesOf(model: StatementModel): Span[] {
  const spans: Span[] = [];
  walk(model.top.node, (node) => {
    const name = nameIn(node);
    if (name) spans.push(name);
  });
  const texts = namedReferences(model).filter(({ site }) => site?.kind !== "Mocks");
  return [...spans, ...texts.map(({ span }) => span)].sort((first, second) => first.start - second.start);
}

function nameIn(node: Node): Span | undefined {
  if (node.kind === "NameExpression") return node;
  if (node.kind === "MemberExpression") return node.member;
  return node.kind === "MethodCall" ? node.method : undefined;
}

function inText({ offset }: StatementModel, { start, end }: Span): Span {
  return { start: offset + start, end: offset + end };
}

/** Nodes are made afresh for each question. */
export function isSameNode(first: CallNode, second: CallNode): boolean {
  return (
    first.file.uri === second.file.uri &&
    first.selection.start === second.selection.start &&
    first.kind === second.kind
  );
}

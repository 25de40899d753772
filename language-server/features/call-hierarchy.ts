import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from "vscode-languageserver";
import { type CallEdge, type CallNode, callNodesOf, edgesOf } from "#language/semantics/call-graph.ts";
import { relatedFiles } from "#language/semantics/occurrences.ts";
import type { DocumentFeature, ServerContext, WorkspaceFeature } from "../feature.ts";
import { symbolAtPosition } from "./symbol-request.ts";

/** The procedure, agent, tool or function at a place. */
export const prepareCallHierarchy: DocumentFeature<CallHierarchyPrepareParams, CallHierarchyItem[] | null> = {
  method: "textDocument/prepareCallHierarchy",
  capabilities: () => ({ callHierarchyProvider: true }),
  procedure: (context, { position }) => {
    const symbol = symbolAtPosition(context, position);
    const offset = context.positions.offsetAt(position);
    const nodes = relatedFiles(context.project, context.uri).flatMap(callNodesOf);
    const name = symbol && (symbol.target.kind === "local" ? symbol.target.binding.name : symbol.target.name);
    const named = nodes.filter((node) => node.name === name);
    const around = nodes.filter(
      (node) => node.file === context.file && node.range.start <= offset && offset <= node.range.end,
    );
    const [node] = named.length > 0 ? named : around.slice(-1);
    return node ? [itemOf(node, context)] : null;
  },
};

/** Who calls it: agents that have the tool, procedures that call the agent. */
export const incomingCalls: WorkspaceFeature<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]> =
  {
    method: "callHierarchy/incomingCalls",
    capabilities: () => ({}),
    workspace: (context, { item }) => {
      const edges = allEdges(context, item).filter(({ to }) => isSame(to, item));
      return grouped(edges, ({ from }) => from).map(([node, calls]) => ({
        from: itemOf(node, context),
        fromRanges: rangesOf(calls, context),
      }));
    },
  };

/** What it calls, and the tools that it is given. */
export const outgoingCalls: WorkspaceFeature<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]> =
  {
    method: "callHierarchy/outgoingCalls",
    capabilities: () => ({}),
    workspace: (context, { item }) => {
      const edges = allEdges(context, item).filter(({ from }) => isSame(from, item));
      return grouped(edges, ({ to }) => to).map(([node, calls]) => ({
        to: itemOf(node, context),
        fromRanges: rangesOf(calls, context),
      }));
    },
  };

function allEdges({ project }: ServerContext, item: CallHierarchyItem): CallEdge[] {
  return edgesOf(relatedFiles(project, item.uri));
}

/** The item says which node it was: names are unique among those of a kind in a file. */
function isSame(node: CallNode, item: CallHierarchyItem): boolean {
  return node.file.uri === item.uri && node.name === item.name && node.kind === item.detail;
}

function grouped(edges: readonly CallEdge[], key: (edge: CallEdge) => CallNode): [CallNode, CallEdge[]][] {
  const groups = new Map<CallNode, CallEdge[]>();
  for (const edge of edges) groups.set(key(edge), [...(groups.get(key(edge)) ?? []), edge]);
  return [...groups];
}

function rangesOf(
  edges: readonly CallEdge[],
  context: ServerContext,
): CallHierarchyIncomingCall["fromRanges"] {
  return edges.flatMap(({ from, span }) => context.positionsOf(from.file.uri)?.range(span) ?? []);
}

const kinds: Readonly<Record<CallNode["kind"], SymbolKind>> = {
  procedure: SymbolKind.Function,
  agent: SymbolKind.Class,
  tool: SymbolKind.Method,
  function: SymbolKind.Function,
};

function itemOf({ file, name, kind, range, selection }: CallNode, context: ServerContext): CallHierarchyItem {
  const positions = context.positionsOf(file.uri);
  const none = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return {
    name,
    kind: kinds[kind],
    detail: kind,
    uri: file.uri,
    range: positions?.range(range) ?? none,
    selectionRange: positions?.range(selection) ?? none,
  };
}

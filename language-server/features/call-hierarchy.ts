import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  type Range,
  SymbolKind,
} from "vscode-languageserver";
import {
  type CallEdge,
  calleesOf,
  callersOf,
  callNodeAt,
  isSameNode,
} from "#language/semantics/call-graph.ts";
import { type CallNode, type CallNodeKind, callNodes, scriptNode } from "#language/semantics/call-nodes.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import type { DocumentFeature, ServerContext, WorkspaceFeature } from "../feature.ts";

/** The procedure, agent, tool or function at a place. */
export const prepareCallHierarchy: DocumentFeature<CallHierarchyPrepareParams, CallHierarchyItem[] | null> = {
  method: "textDocument/prepareCallHierarchy",
  capabilities: () => ({ callHierarchyProvider: true }),
  procedure: async (context, { position }) => {
    const offset = context.positions.offsetAt(position);
    await loadSpecificationParser();
    const node = callNodeAt(context.project, context.file, offset);
    const item = node && itemOf(node, context);
    return item ? [item] : null;
  },
};

/** Who calls it: agents that have the tool, procedures that call the agent. */
export const incomingCalls: WorkspaceFeature<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]> =
  {
    method: "callHierarchy/incomingCalls",
    capabilities: () => ({}),
    workspace: (context, { item }) => {
      const node = nodeOf(item, context);
      const edges = node ? callersOf(context.project, node) : [];
      return grouped(edges, ({ from }) => from).flatMap(([caller, calls]) => {
        const from = itemOf(caller, context);
        return from ? [{ from, fromRanges: rangesOf(calls, context) }] : [];
      });
    },
  };

/** What it calls, and the tools that it is given. */
export const outgoingCalls: WorkspaceFeature<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]> =
  {
    method: "callHierarchy/outgoingCalls",
    capabilities: () => ({}),
    workspace: (context, { item }) => {
      const node = nodeOf(item, context);
      const edges = node ? calleesOf(context.project, node) : [];
      return grouped(edges, ({ to }) => to).flatMap(([called, calls]) => {
        const to = itemOf(called, context);
        return to ? [{ to, fromRanges: rangesOf(calls, context) }] : [];
      });
    },
  };

/** The node that an item was made of; of the same name and kind when the file has changed since. */
function nodeOf(
  { uri, selectionRange, name, detail }: CallHierarchyItem,
  context: ServerContext,
): CallNode | undefined {
  const file = context.project.procedure(uri);
  const positions = context.positionsOf(uri);
  if (!file || !positions) return undefined;
  if (detail === "script") return scriptNode(file);
  const start = positions.offsetAt(selectionRange.start);
  const nodes = callNodes(file).filter((node) => node.name === name && node.kind === detail);
  return nodes.find(({ selection }) => selection.start === start) ?? nodes[0];
}

function grouped(edges: readonly CallEdge[], key: (edge: CallEdge) => CallNode): [CallNode, CallEdge[]][] {
  const groups: [CallNode, CallEdge[]][] = [];
  for (const edge of edges) {
    const group = groups.find(([node]) => isSameNode(node, key(edge)));
    if (group) group[1].push(edge);
    else groups.push([key(edge), [edge]]);
  }
  return groups;
}

function rangesOf(edges: readonly CallEdge[], context: ServerContext): Range[] {
  return edges.flatMap(({ from, span }) => context.positionsOf(from.file.uri)?.range(span) ?? []);
}

const kinds: Readonly<Record<CallNodeKind, SymbolKind>> = {
  procedure: SymbolKind.Function,
  agent: SymbolKind.Class,
  tool: SymbolKind.Method,
  function: SymbolKind.Function,
  script: SymbolKind.File,
};

function itemOf(
  { file, name, kind, range, selection }: CallNode,
  context: ServerContext,
): CallHierarchyItem | undefined {
  const positions = context.positionsOf(file.uri);
  return (
    positions && {
      name,
      kind: kinds[kind],
      detail: kind,
      uri: file.uri,
      range: positions.range(range),
      selectionRange: positions.range(selection),
    }
  );
}

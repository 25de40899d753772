import { namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Something that calls or is called; spans are in the text. */
export interface CallNode {
  readonly file: ProcedureFile;
  readonly name: string;
  readonly kind: "procedure" | "agent" | "tool" | "function";
  readonly range: Span;
  readonly selection: Span;
}

/** A call, or a tool that an agent is given. */
export interface CallEdge {
  readonly from: CallNode;
  readonly to: CallNode;
  /** Where in the text of `from`. */
  readonly span: Span;
}

const kinds: Readonly<Record<string, CallNode["kind"]>> = {
  Procedure: "procedure",
  Agent: "agent",
  Tool: "tool",
};

/** The procedures, agents, tools and functions of a file, in text order. */
export function callNodesOf(file: ProcedureFile): CallNode[] {
  const nodes: CallNode[] = [];
  const at = (span: Span, base: number): Span => ({ start: base + span.start, end: base + span.end });
  for (const model of file.models) {
    const { node } = model.top;
    for (const site of model.sites) {
      const kind = kinds[site.kind];
      if (!kind) continue;
      const selection = at(site.name?.span ?? site.callee, model.offset);
      const range = at(
        { start: Math.min(site.call.start, site.name?.span.start ?? site.call.start), end: site.call.end },
        model.offset,
      );
      nodes.push({ file, name: site.name?.text ?? "main", kind, range, selection });
    }
    if (node.kind === "LocalFunction")
      nodes.push({
        file,
        name: node.name.text,
        kind: "function",
        range: at(node, model.offset),
        selection: at(node.name, model.offset),
      });
    if (node.kind === "FunctionStatement") {
      const { target } = node;
      const name = target.kind === "NameExpression" ? target.text : target.member.text;
      nodes.push({
        file,
        name,
        kind: "function",
        range: at(node, model.offset),
        selection: at(target, model.offset),
      });
    }
  }
  return nodes;
}

/** Who calls whom in some files that share their names. */
export function edgesOf(files: readonly ProcedureFile[]): CallEdge[] {
  const nodes = files.flatMap(callNodesOf);
  const byName = new Map<string, CallNode[]>();
  for (const node of nodes) byName.set(node.name, [...(byName.get(node.name) ?? []), node]);
  return files.flatMap((file) =>
    usesOf(file).flatMap(({ name, span }) => {
      const from = innermost(nodes, file, span);
      const targets = (byName.get(name) ?? []).filter(
        (to) => to.selection.start !== span.start || to.file !== file,
      );
      const target = targets.find((to) => to.file === file) ?? targets[0];
      return from && target && from !== target ? [{ from, to: target, span }] : [];
    }),
  );
}

/** Names that are called or handed on, texts that name tools and agents among them. */
function usesOf(file: ProcedureFile): { name: string; span: Span }[] {
  return file.models.flatMap((model) => {
    const at = (span: Span): Span => ({ start: model.offset + span.start, end: model.offset + span.end });
    const own = model.scopes.bindings.flatMap(({ name, uses }) =>
      uses.map(({ node, access }) => ({ name, node, access })),
    );
    const names = [...own, ...model.scopes.free.map(({ name, node, access }) => ({ name, node, access }))]
      .filter(({ access }) => access === "call" || access === "read")
      .map(({ name, node }) => ({ name, span: at(node) }));
    const texts = namedReferences(model)
      .filter(({ kind, site }) => kind !== "mock" && site?.kind !== "Mocks")
      .map(({ text, span }) => ({ name: text, span: at(span) }));
    return [...names, ...texts];
  });
}

function innermost(nodes: readonly CallNode[], file: ProcedureFile, span: Span): CallNode | undefined {
  return nodes
    .filter((node) => node.file === file && node.range.start <= span.start && span.end <= node.range.end)
    .toSorted(
      (first, second) => first.range.end - first.range.start - (second.range.end - second.range.start),
    )[0];
}

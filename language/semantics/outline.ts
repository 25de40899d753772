import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import type { Node, Span, TopStatement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

export type OutlineKind =
  | "agent"
  | "tool"
  | "toolset"
  | "procedure"
  | "declaration"
  | "function"
  | "method"
  | "variable"
  | "field"
  | "specification"
  | "scenario";

/** One line of the outline of a file; spans are offsets in the text. */
export interface OutlineEntry {
  readonly name: string;
  readonly kind: OutlineKind;
  readonly detail?: string;
  readonly range: Span;
  /** Its name. */
  readonly selection: Span;
  readonly children: readonly OutlineEntry[];
}

const outlines = new WeakMap<TopStatement, readonly OutlineEntry[]>();

/** The declarations, functions and variables of a file, nested as they stand. */
export function outlineOf(file: ProcedureFile): readonly OutlineEntry[] {
  return file.models.flatMap((model) => moved(relativeOutline(model), model.offset));
}

/** Kept with the statement: its spans are relative to it. */
function relativeOutline(model: StatementModel): readonly OutlineEntry[] {
  const known = outlines.get(model.top);
  if (known) return known;
  const outline = new OutlineWalk(model).entries(model.top.node);
  outlines.set(model.top, outline);
  return outline;
}

function moved(entries: readonly OutlineEntry[], by: number): OutlineEntry[] {
  return entries.map((entry) => ({
    ...entry,
    range: { start: entry.range.start + by, end: entry.range.end + by },
    selection: { start: entry.selection.start + by, end: entry.selection.end + by },
    children: moved(entry.children, by),
  }));
}

const declarationKinds: Readonly<Record<string, OutlineKind>> = {
  Agent: "agent",
  Tool: "tool",
  Toolset: "toolset",
  Procedure: "procedure",
  Specification: "specification",
  Specifications: "specification",
};

class OutlineWalk {
  readonly #model: StatementModel;
  readonly #sites: ReadonlyMap<Node, DeclarationSite>;

  constructor(model: StatementModel) {
    this.#model = model;
    this.#sites = new Map(model.sites.map((site) => [site.call, site]));
  }

  entries(node: Node): OutlineEntry[] {
    switch (node.kind) {
      case "LocalStatement":
        return this.#locals(node);
      case "LocalFunction":
        return [this.#entry(node.name.text, "function", node, node.name, this.entries(node.body))];
      case "FunctionStatement": {
        const name = textOf(node.target);
        const kind = node.isMethod ? "method" : "function";
        return [this.#entry(name, kind, node, node.target, this.entries(node.body))];
      }
      case "Assignment":
        return this.#assignment(node);
      default:
        return this.#inside(node);
    }
  }

  #inside(node: Node): OutlineEntry[] {
    const site = this.#sites.get(node);
    if (site) return [this.#declaration(site, node)];
    return childrenOf(node).flatMap((child) => this.entries(child));
  }

  #locals(node: Extract<Node, { kind: "LocalStatement" }>): OutlineEntry[] {
    const site = node.values.map((value) => this.#sites.get(value)).find((found) => found !== undefined);
    if (site) return [this.#declaration(site, node)];
    return node.names
      .filter(({ name }) => name.text !== "")
      .map(({ name }, index) => {
        const value = node.values[index];
        const kind = value?.kind === "FunctionExpression" ? "function" : "variable";
        return this.#entry(name.text, kind, node, name, value ? this.#inside(value) : []);
      });
  }

  #assignment(node: Extract<Node, { kind: "Assignment" }>): OutlineEntry[] {
    const site = node.values.map((value) => this.#sites.get(value)).find((found) => found !== undefined);
    if (site) return [this.#declaration(site, node)];
    const isTop = this.#model.top.node === node;
    return node.targets.flatMap((target, index) => {
      const value = node.values[index];
      const isFunction = value?.kind === "FunctionExpression";
      const children = value ? this.#inside(value) : [];
      if (!isTop && !isFunction) return children;
      const kind = isFunction ? "function" : target.kind === "MemberExpression" ? "field" : "variable";
      return [this.#entry(textOf(target), kind, node, target, children)];
    });
  }

  #declaration(site: DeclarationSite, node: Node): OutlineEntry {
    const name = site.name?.text ?? (site.kind === "Procedure" ? "main" : site.kind);
    const kind = declarationKinds[site.kind] ?? "declaration";
    const children = site.body ? this.entries(site.body.block) : [];
    const fields = site.kind === "Mocks" && site.config ? this.#fields(site) : [];
    const entry = this.#entry(name, kind, node, site.name?.span ?? site.callee, [...fields, ...children]);
    return { ...entry, detail: site.kind };
  }

  #fields({ config }: DeclarationSite): OutlineEntry[] {
    return (config ? namedFields(config) : []).map(({ name, span, field }) =>
      this.#entry(name, "field", field, span, []),
    );
  }

  #entry(
    name: string,
    kind: OutlineKind,
    range: Span,
    selection: Span,
    children: OutlineEntry[],
  ): OutlineEntry {
    // A name may stand outside of what it names: `x = Agent {…}` begins with it.
    const start = Math.min(range.start, selection.start);
    const end = Math.max(range.end, selection.end);
    return {
      name: name === "" ? "?" : name,
      kind,
      range: { start, end },
      selection: { start: selection.start, end: selection.end },
      children,
    };
  }
}

function textOf(target: Node): string {
  if (target.kind === "NameExpression") return target.text;
  if (target.kind !== "MemberExpression") return "?";
  const separator = target.separator.end - target.separator.start === 1 ? "." : "";
  return `${textOf(target.object)}${separator}${target.member.text}`;
}

import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import {
  type SpecificationSection,
  specificationSections,
} from "#language/semantics/specification-outline.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, namedFields, stringLiteral } from "#language/semantics/table-fields.ts";
import type { Node, Span, TableExpression, TopStatement } from "#language/syntax/tree.ts";
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

const schemas: ReadonlySet<string> = new Set(["input", "output", "state"]);
const toolLists: ReadonlySet<string> = new Set(["tools", "inline_tools"]);

const outlines = new WeakMap<TopStatement, readonly OutlineEntry[]>();

/** The declarations, functions and variables of a file, nested as they stand, with schemas and scenarios. */
export function outlineOf(file: ProcedureFile): readonly OutlineEntry[] {
  return file.models.flatMap((model) => moved(relativeOutline(file, model), model.offset));
}

/** Kept with the statement: its spans are relative to it. */
function relativeOutline(file: ProcedureFile, model: StatementModel): readonly OutlineEntry[] {
  const known = outlines.get(model.top);
  if (known) return known;
  const source = (span: Span): string => file.text.slice(model.offset + span.start, model.offset + span.end);
  const outline = new OutlineWalk(model, source).entries(model.top.node);
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
  readonly #source: (span: Span) => string;
  readonly #sites: ReadonlyMap<Node, DeclarationSite>;

  /** `source` gives the text of a span of the statement. */
  constructor(model: StatementModel, source: (span: Span) => string) {
    this.#model = model;
    this.#source = source;
    this.#sites = new Map(model.sites.map((site) => [site.call, site]));
  }

  entries(node: Node): OutlineEntry[] {
    switch (node.kind) {
      case "LocalStatement":
        return this.#locals(node);
      case "LocalFunction":
        return [this.#entry(node.name.text, "function", node, node.name, this.entries(node.body))];
      case "FunctionStatement": {
        const name = textOf(node.target, node.isMethod ? ":" : ".");
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
    const { text, kind: declared } = site;
    const isSpecification = text !== undefined && declarationKinds[declared] === "specification";
    const inside = isSpecification
      ? specificationSections(this.#source(text.content), text.content.start).map(sectionEntry)
      : [];
    const [feature] = inside;
    const isOne = inside.length === 1 && feature !== undefined;
    const standard = declared === "Procedure" ? "main" : isOne ? feature.name : declared;
    const name = site.name?.text ?? standard;
    const kind = declarationKinds[declared] ?? "declaration";
    const children = [...(isOne ? feature.children : inside), ...this.#parts(site)];
    return { ...this.#entry(name, kind, node, site.name?.span ?? site.callee, children), detail: declared };
  }

  /** What stands in the table of a declaration: schemas with their fields, tools in place, mocks, functions. */
  #parts({ kind, config, body }: DeclarationSite): OutlineEntry[] {
    const inBody = body ? this.entries(body.block) : [];
    if (!config) return inBody;
    const fields = namedFields(config).flatMap(({ name, span, field, value }) => {
      if (kind === "Mocks") return [this.#entry(name, "field", field, span, [])];
      if (value.kind === "TableExpression" && schemas.has(name))
        return [this.#entry(name, "field", field, span, this.#schema(value))];
      if (value.kind === "TableExpression" && toolLists.has(name)) return this.#tools(value);
      return value.kind === "FunctionExpression" && value.body === body ? [] : this.#inside(value);
    });
    return [...fields, ...inBody];
  }

  #schema(table: TableExpression): OutlineEntry[] {
    return namedFields(table).map(({ name, span, field, value }) => {
      const isBuilder = value.kind === "CallExpression" && value.callee.kind === "MemberExpression";
      const type =
        isBuilder && value.callee.kind === "MemberExpression" ? value.callee.member.text : undefined;
      const entry = this.#entry(name, "field", field, span, []);
      return type === undefined ? entry : { ...entry, detail: type };
    });
  }

  /** Tools that are declared in a list. */
  #tools(list: TableExpression): OutlineEntry[] {
    return list.fields.flatMap(({ value }) => {
      const name =
        value.kind === "TableExpression" ? stringLiteral(fieldNamed(value, "name")?.value) : undefined;
      return name ? [this.#entry(name.value, "tool", value, name.content, [])] : [];
    });
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

function sectionEntry({ name, keyword, isScenario, children, ...spans }: SpecificationSection): OutlineEntry {
  const kind = isScenario ? "scenario" : "specification";
  return { ...spans, name, kind, detail: keyword, children: children.map(sectionEntry) };
}

/** `a.b.c` as it is written; `last` is what stands before the last name. */
function textOf(target: Node, last = "."): string {
  if (target.kind === "NameExpression") return target.text;
  return target.kind === "MemberExpression" ? `${textOf(target.object)}${last}${target.member.text}` : "?";
}

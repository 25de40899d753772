import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { namedFields, stringLiteral } from "#language/semantics/table-fields.ts";
import type {
  CallExpression,
  Expression,
  Node,
  Span,
  TableExpression,
  TopStatement,
} from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";
import { turnFields } from "#vocabulary/declarations/agent.ts";
import { toolExpressionFields } from "#vocabulary/declarations/tool.ts";
import type { FieldEntry, FunctionEntry, ReferenceKind } from "#vocabulary/entries.ts";
import { primitives } from "#vocabulary/primitives.ts";

/** A text, or a key of `Mocks`, that names something which is declared elsewhere. */
export interface NamedReference {
  /** `mock` is a key of `Mocks`: an agent, a tool, a model or a module. */
  readonly kind: ReferenceKind | "mock";
  readonly text: string;
  /** The name alone, without quotes; relative to the statement. */
  readonly span: Span;
  /** The declaration that it is part of. */
  readonly site?: DeclarationSite;
  /** The call that it is an argument of. */
  readonly call?: CallExpression;
}

const referencesOf = new WeakMap<TopStatement, readonly NamedReference[]>();

/** The texts of a statement that name something, as far as the vocabulary tells; kept with the statement. */
export function namedReferences(model: {
  readonly top: TopStatement;
  readonly sites: readonly DeclarationSite[];
}): readonly NamedReference[] {
  const known = referencesOf.get(model.top);
  if (known) return known;
  const finder = new ReferenceFinder(model.sites);
  finder.visit(model.top.node);
  referencesOf.set(model.top, finder.references);
  return finder.references;
}

const primitiveFunctions: ReadonlyMap<string, FunctionEntry> = new Map(
  primitives.flatMap(({ name, call, functions }) => [
    ...(call ? [[name, call] as const] : []),
    ...functions.map((entry) => [`${name}.${entry.name}`, entry] as const),
  ]),
);

/** The function of the vocabulary that a call calls by name: `State.get`, `Tool`. */
export function calledWord(callee: Expression): FunctionEntry | undefined {
  if (callee.kind === "NameExpression") return primitiveFunctions.get(callee.text);
  if (callee.kind !== "MemberExpression" || callee.object.kind !== "NameExpression") return undefined;
  return primitiveFunctions.get(`${callee.object.text}.${callee.member.text}`);
}

class ReferenceFinder {
  readonly references: NamedReference[] = [];
  readonly #sites: ReadonlyMap<Node, DeclarationSite>;

  constructor(sites: readonly DeclarationSite[]) {
    this.#sites = new Map(sites.map((site) => [site.call, site]));
  }

  visit(node: Node): void {
    const site = this.#sites.get(node);
    if (site) this.#site(site);
    else if (node.kind === "CallExpression") this.#call(node);
    for (const child of childrenOf(node)) this.visit(child);
  }

  #site(site: DeclarationSite): void {
    if (!site.config) return;
    if (site.kind === "Mocks") this.#mocks(site, site.config);
    else this.#fields(site.config, site.entry.fields, { site });
  }

  #call(call: CallExpression): void {
    const entry = calledWord(call.callee);
    const parameters = entry?.parameters ?? [
      { name: "options", types: ["table" as const], doc: "", fields: turnFields },
    ];
    for (const [index, parameter] of parameters.entries()) {
      const value = call.arguments[index];
      if (value) this.#value(value, parameter, { call });
    }
  }

  #fields(
    table: TableExpression,
    entries: readonly FieldEntry[],
    around: Pick<NamedReference, "site" | "call">,
  ): void {
    for (const { name, value } of namedFields(table)) {
      const entry = entries.find((field) => field.name === name);
      if (entry) this.#value(value, entry, around);
    }
  }

  #value(value: Expression, entry: FieldEntry, around: Pick<NamedReference, "site" | "call">): void {
    const { refersTo } = entry;
    if (value.kind === "TableExpression" && entry.fields && !refersTo)
      this.#fields(value, entry.fields, around);
    if (!refersTo) return;
    if (value.kind !== "TableExpression") {
      this.#text(value, refersTo, around);
      return;
    }
    for (const { value: item } of value.fields) {
      if (item.kind === "TableExpression") this.#fields(item, toolExpressionFields, around);
      else this.#text(item, refersTo, around);
    }
  }

  #text(value: Expression, kind: ReferenceKind, around: Pick<NamedReference, "site" | "call">): void {
    const text = stringLiteral(value);
    if (text) this.references.push({ kind, text: text.value, span: text.content, ...around });
  }

  /** The keys of `Mocks`, and the tools that mocked turns call. */
  #mocks(site: DeclarationSite, table: TableExpression): void {
    for (const { name, span, value } of namedFields(table)) {
      this.references.push({ kind: "mock", text: name, span, site });
      if (value.kind === "TableExpression") this.#mockedCalls(site, value);
    }
  }

  #mockedCalls(site: DeclarationSite, entry: TableExpression): void {
    for (const { name, value } of namedFields(entry)) {
      if (value.kind !== "TableExpression") continue;
      for (const { value: item } of value.fields) {
        if (item.kind !== "TableExpression") continue;
        if (name === "temporal") this.#mockedCalls(site, item);
        if (name === "tool_calls") this.#fields(item, mockedCallFields, { site });
      }
    }
  }
}

const mockedCallFields: readonly FieldEntry[] = [
  { name: "tool", types: ["text"], refersTo: "tool", doc: "The tool that is called." },
];

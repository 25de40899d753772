import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import type {
  CallExpression,
  FunctionBody,
  MethodCall,
  Node,
  TableExpression,
  TopStatement,
} from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** What a function is there for, which tells what its parameters are. */
type FunctionRole =
  | { readonly kind: "body"; readonly site: DeclarationSite }
  | { readonly kind: "inlineTool"; readonly table: TableExpression }
  | { readonly kind: "field"; readonly site: DeclarationSite; readonly field: string }
  | { readonly kind: "argument"; readonly call: CallExpression | MethodCall; readonly index: number }
  | { readonly kind: "plain" };

/** `start` is where a comment about the function ends: the start of its statement, or of its field in a table. */
export type FunctionContext = FunctionRole & { readonly start: number };

type Contexts = ReadonlyMap<FunctionBody, FunctionContext>;

const contextsOf = new WeakMap<TopStatement, Contexts>();

/** The functions of a statement with what each is there for. */
export function functionContexts(model: StatementModel): Contexts {
  const known = contextsOf.get(model.top);
  if (known) return known;
  const finder = new ContextFinder(model.sites);
  finder.visit(model.top.node, undefined, undefined, model.top.node.start);
  contextsOf.set(model.top, finder.contexts);
  return finder.contexts;
}

class ContextFinder {
  readonly contexts = new Map<FunctionBody, FunctionContext>();
  readonly #bodies: ReadonlyMap<FunctionBody | undefined, DeclarationSite>;
  readonly #configs: ReadonlyMap<TableExpression | undefined, DeclarationSite>;

  constructor(sites: readonly DeclarationSite[]) {
    this.#bodies = new Map(sites.map((site) => [site.body, site]));
    this.#configs = new Map(sites.map((site) => [site.config, site]));
  }

  /** `table` is the table whose field `parent` is. */
  visit(node: Node, parent: Node | undefined, table: TableExpression | undefined, start: number): void {
    if (node.kind === "FunctionBody")
      this.contexts.set(node, { ...this.#role(node, undefined, table), start });
    if (node.kind === "FunctionExpression") {
      this.contexts.set(node.body, { ...this.#role(node.body, parent, table), start });
      for (const child of childrenOf(node.body)) this.visit(child, node.body, undefined, child.start);
      return;
    }
    const startsAfresh = node.kind === "Block" || node.kind === "TableExpression";
    const inside =
      node.kind === "TableExpression" ? node : parent?.kind === "TableExpression" ? table : undefined;
    for (const child of childrenOf(node)) this.visit(child, node, inside, startsAfresh ? child.start : start);
  }

  #role(body: FunctionBody, parent: Node | undefined, table: TableExpression | undefined): FunctionRole {
    const site = this.#bodies.get(body);
    if (site) return { kind: "body", site };
    if (parent?.kind === "CallExpression" || parent?.kind === "MethodCall") {
      const index = parent.arguments.findIndex(
        (argument) => argument.kind === "FunctionExpression" && argument.body === body,
      );
      if (index >= 0) return { kind: "argument", call: parent, index };
    }
    if (!table) return { kind: "plain" };
    const owner = this.#configs.get(table);
    if (owner && parent?.kind === "NamedField")
      return { kind: "field", site: owner, field: parent.name.text };
    return fieldNamed(table, "input") || fieldNamed(table, "description")
      ? { kind: "inlineTool", table }
      : { kind: "plain" };
  }
}

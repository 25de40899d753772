import { type DeclarationSite, declarationSites } from "#language/semantics/declaration-sites.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { bindStatement } from "#language/semantics/scope-binder.ts";
import type { Binding, FreeName, StatementScopes } from "#language/semantics/scopes.ts";
import type { PlacedStatement } from "#language/semantics/types.ts";
import type { NameNode, TopStatement } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/**
 * A top-level statement in its file. It lives as long as its text stays the same and nothing that it uses changed; only
 * its place in the file moves meanwhile, which its file keeps up to date.
 */
export class StatementModel implements PlacedStatement {
  readonly uri: string;
  readonly top: TopStatement;
  readonly scopes: StatementScopes;
  readonly sites: readonly DeclarationSite[];
  /** Names of others that what is known of this statement depends on; with `@` those that texts name. */
  readonly dependencies: ReadonlySet<string>;
  /** Where the statement begins in the text. */
  offset = 0;
  /** Its number in the file. */
  index = 0;
  /** False once the file has another statement in its place. */
  isCurrent = true;
  /** What the rest of the file sees of it, printed; filled in when it is first asked for. */
  exported: ReadonlyMap<string, string> | undefined;

  constructor(uri: string, top: TopStatement) {
    this.uri = uri;
    this.top = top;
    this.scopes = bindStatement(top);
    this.sites = declarationSites(top);
    this.dependencies = new Set([
      ...this.scopes.free.map((use) => (needsValue(use) ? use.name : `?${use.name}`)),
      ...namedReferences(this).map(({ text }) => `@${text}`),
    ]);
  }

  /** Locals that later statements see. */
  get topLocals(): readonly Binding[] {
    return this.scopes.bindings.filter(({ isTopLevel }) => isTopLevel);
  }

  /** The labels that it sets. */
  labels(): readonly NameNode[] {
    const found: NameNode[] = [];
    walk(this.top.node, (node) => {
      if (node.kind === "LabelStatement") found.push(node.label);
    });
    return found;
  }

  /** Globals that it sets. */
  get globalWrites(): readonly FreeName[] {
    return this.scopes.free.filter(({ access }) => access === "write");
  }
}

/** `M.a = 1` puts something into M without looking at it. */
function needsValue({ access }: FreeName): boolean {
  return access !== "member";
}

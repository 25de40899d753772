import { bindStatement } from "#language/semantics/scope-binder.ts";
import type { StatementScopes } from "#language/semantics/scopes.ts";
import { fieldNamed, positionalFunction, stringLiteral } from "#language/semantics/table-fields.ts";
import type {
  CallExpression,
  Expression,
  FunctionBody,
  MemberExpression,
  NameExpression,
  NameNode,
  Node,
  Span,
  StringExpression,
  TableExpression,
  TopStatement,
} from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";
import { declarations } from "#vocabulary/declarations.ts";
import type { DeclarationEntry } from "#vocabulary/entries.ts";

/** A call that declares something, as far as the text alone tells. */
export interface DeclarationSite {
  readonly kind: string;
  readonly entry: DeclarationEntry;
  /** `Agent`, or `module.Corpus`. */
  readonly callee: NameExpression | MemberExpression;
  /** The whole call; of `Procedure "x" {…}` both parts. */
  readonly call: CallExpression;
  readonly form: "assigned" | "curried" | "call" | "bare";
  readonly name?: DeclaredName;
  readonly config?: TableExpression;
  readonly body?: FunctionBody;
  /** The text of a specification or a prompt. */
  readonly text?: StringExpression;
  /** The function that it stands in: then it happens while a procedure runs. */
  readonly enclosing?: FunctionBody;
}

/** How a declaration is called, and where that is written. */
interface DeclaredName {
  readonly text: string;
  readonly span: Span;
  readonly from: "variable" | "local" | "text" | "key" | "field";
}

const entries: ReadonlyMap<string, DeclarationEntry> = new Map(
  declarations.map((entry) => [entry.name, entry]),
);

/** Kinds that find what is declared when they are given nothing but a name: `Agent("clerk")`. */
const lookedUp: ReadonlySet<string> = new Set(["Agent", "Tool", "Procedure", "Model"]);

/** Kinds that are members of modules: `files.Corpus {…}`. */
const ofModules: ReadonlySet<string> = new Set(
  declarations.filter(({ fromModule }) => fromModule).map(({ name }) => name),
);

const sitesOf = new WeakMap<TopStatement, readonly DeclarationSite[]>();

/** The declarations in a statement, in text order; kept with it, since they depend on nothing else. */
export function declarationSites(statement: TopStatement): readonly DeclarationSite[] {
  const known = sitesOf.get(statement);
  if (known) return known;
  const sites: DeclarationSite[] = [];
  new SiteFinder(bindStatement(statement), sites).visit(statement.node, undefined, undefined);
  sitesOf.set(statement, sites);
  return sites;
}

class SiteFinder {
  readonly #scopes: StatementScopes;
  readonly #sites: DeclarationSite[];

  constructor(scopes: StatementScopes, sites: DeclarationSite[]) {
    this.#scopes = scopes;
    this.#sites = sites;
  }

  visit(node: Node, assigned: DeclaredName | undefined, enclosing: FunctionBody | undefined): void {
    if (node.kind === "CallExpression") {
      const site = this.#siteOf(node, assigned, enclosing);
      if (site) {
        this.#sites.push(site);
        for (const part of argumentsOf(node)) this.visit(part, undefined, enclosing);
        return;
      }
    }
    const inside = node.kind === "FunctionBody" ? node : enclosing;
    for (const child of childrenOf(node)) this.visit(child, assignedName(node, child), inside);
  }

  #siteOf(
    call: CallExpression,
    assigned: DeclaredName | undefined,
    enclosing: FunctionBody | undefined,
  ): DeclarationSite | undefined {
    const callee = innermostCallee(call);
    const kind = callee && this.#declaredKind(callee);
    const entry = kind === undefined ? undefined : entries.get(kind);
    if (!callee || kind === undefined || !entry) return undefined;
    if (enclosing && entry.phase === "declaration" && entry.inProcedure !== undefined) return undefined;
    const values = argumentsOf(call);
    const config = values.find((value) => value.kind === "TableExpression");
    const text = stringLiteral(values[0]);
    if (text && !config && values.length === 1 && lookedUp.has(kind)) return undefined;
    const body = bodyOf(values, config);
    const name = declaredName(entry, values, config, assigned);
    const content =
      entry.firstText === "content" ? text : kind === "Prompt" ? stringLiteral(values[1]) : undefined;
    return {
      kind,
      entry,
      callee,
      call,
      form: formOf(call, text, assigned),
      ...(name && { name }),
      ...(config && { config }),
      ...(body && { body }),
      ...(content && { text: content }),
      ...(enclosing && { enclosing }),
    };
  }

  #declaredKind(callee: NameExpression | MemberExpression): string | undefined {
    if (callee.kind === "MemberExpression") {
      const { text } = callee.member;
      if (ofModules.has(text)) return text;
      return text.endsWith("Retriever") ? "Retriever" : undefined;
    }
    return this.#scopes.bindingOf.has(callee) ? undefined : callee.text;
  }
}

/** The arguments of all parts of a call: `{"x", {…}}` for `Procedure "x" {…}`. */
function argumentsOf(call: CallExpression): readonly Expression[] {
  const inner = call.callee.kind === "CallExpression" ? argumentsOf(call.callee) : [];
  return [...inner, ...call.arguments];
}

function innermostCallee(call: CallExpression): NameExpression | MemberExpression | undefined {
  const { callee } = call;
  if (callee.kind === "CallExpression") {
    const isCurried = callee.arguments.length === 1 && stringLiteral(callee.arguments[0]) !== undefined;
    return isCurried ? innermostCallee(callee) : undefined;
  }
  return callee.kind === "NameExpression" || callee.kind === "MemberExpression" ? callee : undefined;
}

function formOf(
  call: CallExpression,
  text: StringExpression | undefined,
  assigned: DeclaredName | undefined,
): DeclarationSite["form"] {
  if (call.callee.kind === "CallExpression") return "curried";
  if (text) return "call";
  return assigned ? "assigned" : "bare";
}

function bodyOf(
  values: readonly Expression[],
  config: TableExpression | undefined,
): FunctionBody | undefined {
  const direct = values.find((value) => value.kind === "FunctionExpression");
  if (direct?.kind === "FunctionExpression") return direct.body;
  if (!config) return undefined;
  const legacy = fieldNamed(config, "handler") ?? fieldNamed(config, "run") ?? fieldNamed(config, "entry");
  const named = legacy?.value.kind === "FunctionExpression" ? legacy.value.body : undefined;
  return positionalFunction(config) ?? named;
}

/** A text that stands first names the declaration; else its variable; else its field `name`. */
function declaredName(
  entry: DeclarationEntry,
  values: readonly Expression[],
  config: TableExpression | undefined,
  assigned: DeclaredName | undefined,
): DeclaredName | undefined {
  const text = stringLiteral(values[0]);
  if (text && entry.firstText !== "content") return { text: text.value, span: text.content, from: "text" };
  const field = config && fieldNamed(config, "name");
  const fieldText = stringLiteral(field?.value);
  if (assigned?.from === "variable") return assigned;
  if (fieldText && entry.namedByVariable)
    return { text: fieldText.value, span: fieldText.content, from: "field" };
  return assigned;
}

/** What a value is assigned to, when its parent gives it a name. */
function assignedName(parent: Node, child: Node): DeclaredName | undefined {
  if (parent.kind === "Assignment") {
    const target = parent.targets[parent.values.indexOf(child as Expression)];
    return target?.kind === "NameExpression" ? named(target, "variable") : undefined;
  }
  if (parent.kind === "LocalStatement") {
    const local = parent.names[parent.values.indexOf(child as Expression)];
    return local && named(local.name, "local");
  }
  if (parent.kind === "NamedField" && child === parent.value) return named(parent.name, "key");
  return undefined;
}

function named(node: NameExpression | NameNode, from: DeclaredName["from"]): DeclaredName {
  return { text: node.text, span: { start: node.start, end: node.end }, from };
}

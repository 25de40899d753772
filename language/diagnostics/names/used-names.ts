import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import type { Node, Span, TableExpression, TopStatement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** The names that a statement uses in whatever way; stand-ins of tests don't count. */
interface StatementUses {
  /** Variables that are read or called. */
  readonly variables: ReadonlySet<string>;
  /** Texts that may name something. */
  readonly texts: ReadonlySet<string>;
  /** Texts in which names may stand: specifications. */
  readonly specifications: readonly string[];
}

/** What the statements of a file use, all together. */
export class UsedNames {
  readonly #names = new Set<string>();
  readonly #specifications: string[] = [];

  constructor(file: ProcedureFile) {
    for (const model of file.models) {
      const { variables, texts, specifications } = usesOf(model);
      for (const name of variables) this.#names.add(name);
      for (const name of texts) this.#names.add(name);
      this.#specifications.push(...specifications);
    }
  }

  /** Whether anything may mean what was declared under this name. */
  has(name: string): boolean {
    return this.#names.has(name) || this.#specifications.some((text) => text.includes(name));
  }
}

const known = new WeakMap<TopStatement, StatementUses>();

function usesOf(model: StatementModel): StatementUses {
  const found = known.get(model.top);
  if (found) return found;
  const uses = {
    variables: new Set(
      model.scopes.free
        .filter(({ access }) => access === "read" || access === "call")
        .map(({ name }) => name),
    ),
    texts: textsIn(model),
    specifications: model.sites.flatMap(({ kind, text }) =>
      text && kind.startsWith("Specification") ? [text.value] : [],
    ),
  };
  for (const { name, isTopLevel, uses: own } of model.scopes.bindings)
    if (isTopLevel && own.some(({ access }) => access !== "write")) uses.variables.add(name);
  known.set(model.top, uses);
  return uses;
}

/** Longer texts are no names. */
const longestName = 100;

/** Where the field `name` of a declaration says what it is called. */
function ownName(config: TableExpression | undefined): number | undefined {
  return stringLiteral(config && fieldNamed(config, "name")?.value)?.content.start;
}

function textsIn({ top, sites }: StatementModel): ReadonlySet<string> {
  const declared = new Set(sites.flatMap(({ name, config }) => [name?.span.start, ownName(config)]));
  const mocks = new Set<Span>(sites.filter(({ kind }) => kind === "Mocks").map(({ call }) => call));
  const texts = new Set<string>();
  const visit = (node: Node): void => {
    if (mocks.has(node)) return;
    const isName = node.kind === "StringExpression" && node.value.length <= longestName;
    if (isName && !declared.has(node.content.start)) texts.add(node.value);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(top.node);
  return texts;
}

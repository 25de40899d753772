import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import type {
  Assignment,
  CallExpression,
  Expression,
  MethodCall,
  Node,
  Span,
  TableExpression,
  TopStatement,
} from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";
import { turnFields } from "#vocabulary/declarations/agent.ts";
import type { FieldEntry, FunctionEntry, ReferenceKind, ValueEntry } from "#vocabulary/entries.ts";
import { stepHandle } from "#vocabulary/handles/step-context.ts";
import { primitives } from "#vocabulary/primitives.ts";
import { fileSettings } from "#vocabulary/settings.ts";

/** A text, or a key of a table, that names something which is declared elsewhere. */
export interface NamedReference {
  readonly kind: ReferenceKind;
  readonly text: string;
  /** The name alone, without quotes; relative to the statement. */
  readonly span: Span;
  /** The declaration that it is part of. */
  readonly site?: DeclarationSite;
  /** The call that it is an argument of. */
  readonly call?: CallExpression | MethodCall;
  /** The call is taken for a turn of an agent, which only the type of what it calls can confirm. */
  readonly isTurn?: boolean;
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
  finder.visit(model.top.node, undefined);
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
function calledWord(callee: Expression): FunctionEntry | undefined {
  if (callee.kind === "NameExpression") return primitiveFunctions.get(callee.text);
  if (callee.kind !== "MemberExpression" || callee.object.kind !== "NameExpression") return undefined;
  return primitiveFunctions.get(`${callee.object.text}.${callee.member.text}`);
}

const settings: ReadonlyMap<string, FieldEntry> = new Map(fileSettings.map((entry) => [entry.name, entry]));

/** What a value may be that is called with a table and is no word of the language. */
const turnOptions: FieldEntry = {
  name: "options",
  types: ["table"],
  fields: turnFields,
  isOpen: true,
  doc: "",
};

type Around = Pick<NamedReference, "site" | "call" | "isTurn">;

class ReferenceFinder {
  readonly references: NamedReference[] = [];
  readonly #sites: ReadonlyMap<Node, DeclarationSite>;

  constructor(sites: readonly DeclarationSite[]) {
    this.#sites = new Map(sites.map((site) => [site.call, site]));
  }

  /** `step` is how the function of a custom step calls the scenario that runs. */
  visit(node: Node, step: string | undefined): void {
    const site = this.#sites.get(node);
    if (site) this.#site(site);
    else if (node.kind === "CallExpression" || node.kind === "MethodCall") this.#call(node, step);
    else if (node.kind === "Assignment") this.#settings(node);
    const inside = site?.kind === "Step" ? site.body?.parameters[0]?.text : step;
    for (const child of childrenOf(node)) this.visit(child, inside);
  }

  #site(site: DeclarationSite): void {
    const { config, entry, call } = site;
    if (config) this.#table(config, { types: ["table"], ...entry }, { site });
    if (entry.firstText === "name" && site.name?.from === "text") return;
    for (const [index, parameter] of (entry.parameters ?? []).entries()) {
      const value = call.arguments[index];
      if (value && value !== config) this.#value(value, parameter, { site });
    }
  }

  #call(call: CallExpression | MethodCall, step: string | undefined): void {
    const entry = calledEntry(call, step);
    const isTurn = !entry && call.kind === "CallExpression";
    const parameters = entry?.parameters ?? (isTurn ? [turnOptions] : []);
    for (const [index, parameter] of parameters.entries()) {
      const value = call.arguments[index];
      if (value) this.#value(value, parameter, { call, ...(isTurn && { isTurn }) });
    }
  }

  #settings({ targets, values }: Assignment): void {
    for (const [index, target] of targets.entries()) {
      const entry = target.kind === "NameExpression" ? settings.get(target.text) : undefined;
      const value = values[index];
      if (entry && value) this.#value(value, entry, {});
    }
  }

  #value(value: Expression, entry: ValueEntry, around: Around): void {
    switch (value.kind) {
      case "TableExpression":
        this.#table(value, entry, around);
        break;
      case "StringExpression":
        if (entry.refersTo)
          this.references.push({ kind: entry.refersTo, text: value.value, span: value.content, ...around });
        break;
      case "ParenthesizedExpression":
        this.#value(value.inner, entry, around);
        break;
      case "BinaryExpression":
        if (value.operator !== "and" && value.operator !== "or") break;
        if (value.operator === "or") this.#value(value.left, entry, around);
        this.#value(value.right, entry, around);
        break;
      default:
    }
  }

  #table(table: TableExpression, entry: ValueEntry, around: Around): void {
    const item: ValueEntry | undefined =
      entry.each ?? (entry.refersTo && { types: ["text"], refersTo: entry.refersTo });
    for (const { name, span, value } of namedFields(table)) {
      if (entry.keysReferTo) this.references.push({ kind: entry.keysReferTo, text: name, span, ...around });
      const field =
        entry.fields?.find((each) => each.name === name) ?? (entry.isOpen ? entry.each : undefined);
      if (field) this.#value(value, field, around);
    }
    if (!item) return;
    for (const field of table.fields)
      if (field.kind === "PositionalField") this.#value(field.value, item, around);
  }
}

const stepFunctions: ReadonlyMap<string, FunctionEntry> = new Map(
  stepHandle.members.flatMap(({ name, function: entry }) => (entry ? [[name, entry] as const] : [])),
);

/** `Agent("x")` finds an agent that is declared. */
const agentName: FieldEntry = { name: "name", types: ["text"], refersTo: "agent", doc: "" };

function calledEntry(
  call: CallExpression | MethodCall,
  step: string | undefined,
): Pick<FunctionEntry, "parameters"> | undefined {
  const object = call.kind === "MethodCall" ? call.object : undefined;
  const callee = call.kind === "MethodCall" ? undefined : call.callee;
  const member = callee?.kind === "MemberExpression" ? callee : undefined;
  const owner = object ?? member?.object;
  const name = call.kind === "MethodCall" ? call.method.text : member?.member.text;
  if (owner?.kind === "NameExpression" && owner.text === step && name !== undefined)
    return stepFunctions.get(name);
  if (!callee) return undefined;
  const word = callee.kind === "NameExpression" ? callee.text : "";
  const parameter = settings.get(word) ?? (word === "Agent" ? agentName : undefined);
  return parameter ? { parameters: [parameter] } : calledWord(callee);
}

/** The text of a string literal that names something, with the name's own place. */
export function referenceAt(
  references: readonly NamedReference[],
  offset: number,
): NamedReference | undefined {
  return references.find(({ span }) => span.start <= offset && offset <= span.end);
}

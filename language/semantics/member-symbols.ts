import { calledAgent, isTurnInput } from "#language/semantics/agent-turns.ts";
import { kindsOfReference } from "#language/semantics/declared-names.ts";
import { expectedValue } from "#language/semantics/expected-value.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { FoundTarget, SymbolRole } from "#language/semantics/symbol-target.ts";
import { alternatives, type Member, type Place, type Type, unknownType } from "#language/semantics/types.ts";
import type { Expression, Node, Span } from "#language/syntax/tree.ts";

/** `object.name` as a symbol; `span` is where the name stands. */
export function memberTarget(
  file: ProcedureFile,
  model: StatementModel,
  object: Expression,
  name: string,
  span: Span,
  role: SymbolRole,
): FoundTarget | undefined {
  const owner = file.types.typeOf(model, object);
  const member = memberNamed(owner, name, file);
  if (isStateTable(file, model, object) && !member?.entry)
    return { target: { kind: "stateKey", name }, role };
  if (member) return { target: { kind: "member", name, member, owner }, role };
  if (role !== "declaration") return undefined;
  const own: Member = { name, type: unknownType, place: { statement: model, span } };
  return { target: { kind: "member", name, member: own, owner }, role };
}

/** Whether it is the table of the state, under either of its names. */
export function isStateTable(file: ProcedureFile, model: StatementModel, object: Expression): boolean {
  if (object.kind !== "NameExpression" || (object.text !== "state" && object.text !== "State")) return false;
  return !model.scopes.bindingOf.has(object) && !file.names.topLocal(object.text, model.index);
}

/** The member of that name of a value; texts have those of the `string` library. */
export function memberNamed(owner: Type, name: string, file: ProcedureFile): Member | undefined {
  for (const type of alternatives(owner)) {
    if (type.kind === "table" || type.kind === "handle") {
      const member = type.members.get(name);
      if (member) return member;
    } else if (type.kind === "string") {
      const library = file.types.globalType("string");
      const member = library?.kind === "table" ? library.members.get(name) : undefined;
      if (member) return member;
    }
  }
  return undefined;
}

/** The key of a field where a table is written; `tablePath` leads to the table, `span` is the key. */
export function fieldTarget(
  file: ProcedureFile,
  model: StatementModel,
  span: Span,
  name: string,
  tablePath: readonly Node[],
): FoundTarget | undefined {
  const table = tablePath.at(-1);
  if (table?.kind !== "TableExpression") return undefined;
  const reference = namedReferences(model).find((each) => each.span.start === span.start);
  if (reference)
    return {
      target: {
        kind: "global",
        name,
        declaredBy: kindsOfReference(reference.kind),
        reference: reference.kind,
      },
      role: "text",
    };
  const declared = schemaTarget(model, name, tablePath) ?? turnTarget(file, model, name, tablePath);
  if (declared) return declared;
  const expected = expectedValue(file, model, tablePath);
  const entry = expected?.entry?.fields?.find((field) => field.name === name);
  if (expected && entry)
    return { target: { kind: "entry", name, entry, owner: expected.owner }, role: "read" };
  const meant = expected?.type && memberNamed(expected.type, name, file);
  if (expected?.type && meant?.place)
    return { target: { kind: "member", name, member: meant, owner: expected.type }, role: "write" };
  const owner = file.types.typeOf(model, table);
  const place: Place = { statement: model, span };
  const own = memberNamed(owner, name, file) ?? { name, type: unknownType };
  return { target: { kind: "member", name, member: { ...own, place }, owner }, role: "declaration" };
}

/** A field of a schema that is no plain member: of the state, or of what an agent is given. */
function schemaTarget(
  model: StatementModel,
  name: string,
  tablePath: readonly Node[],
): FoundTarget | undefined {
  const field = tablePath.at(-2);
  const config = tablePath.at(-3);
  if (field?.kind !== "NamedField") return undefined;
  const site = model.sites.find((each) => each.config !== undefined && each.config === config);
  if (site?.kind === "Procedure" && field.name.text === "state")
    return { target: { kind: "stateKey", name }, role: "declaration" };
  return site?.kind === "Agent" && field.name.text === "input" && site.name
    ? { target: { kind: "turnInput", agent: site.name.text, name }, role: "declaration" }
    : undefined;
}

/** A key of an agent's call that is no option. */
function turnTarget(
  file: ProcedureFile,
  model: StatementModel,
  name: string,
  tablePath: readonly Node[],
): FoundTarget | undefined {
  const call = tablePath.at(-2);
  if (call?.kind !== "CallExpression" || call.arguments[0] !== tablePath.at(-1) || !isTurnInput(name))
    return undefined;
  const agent = calledAgent(file, model, call);
  return agent === undefined ? undefined : { target: { kind: "turnInput", agent, name }, role: "write" };
}

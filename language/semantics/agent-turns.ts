import { perVersion } from "#language/semantics/per-version.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import type { Member } from "#language/semantics/types.ts";
import type { CallExpression, TableExpression } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";
import { turnFields } from "#vocabulary/declarations/agent.ts";

/** A call of an agent. */
export interface AgentTurn {
  readonly model: StatementModel;
  readonly agent: string;
  readonly call: CallExpression;
  /** The table of the call; absent when it is given a text or nothing. */
  readonly options?: TableExpression;
}

const turnsIn = new WeakMap<StatementModel, readonly AgentTurn[]>();

/** The calls of agents in a file, in text order. */
export const agentTurns: (file: ProcedureFile) => readonly AgentTurn[] = perVersion((file) =>
  file.models.flatMap((model) => statementTurns(file, model)),
);

const turnsByAgent = perVersion((file) => Map.groupBy(agentTurns(file), ({ agent }) => agent));

/** The calls of one agent in a file. */
export function turnsOf(file: ProcedureFile, agent: string): readonly AgentTurn[] {
  return turnsByAgent(file).get(agent) ?? [];
}

/** Those in one statement; kept with it until something that it depends on changes. */
function statementTurns(file: ProcedureFile, model: StatementModel): readonly AgentTurn[] {
  const known = turnsIn.get(model);
  if (known) return known;
  const found: AgentTurn[] = [];
  walk(model.top.node, (node) => {
    const agent = node.kind === "CallExpression" ? calledAgent(file, model, node) : undefined;
    if (node.kind !== "CallExpression" || agent === undefined) return;
    const [options] = node.arguments;
    found.push({ model, agent, call: node, ...(options?.kind === "TableExpression" && { options }) });
  });
  turnsIn.set(model, found);
  return found;
}

/** The name of the agent that a call calls; undefined when it calls something else. */
export function calledAgent(
  file: ProcedureFile,
  model: StatementModel,
  call: CallExpression,
): string | undefined {
  const type = file.types.typeOf(model, call.callee);
  return type.kind === "handle" && type.handle === "agent" ? type.name : undefined;
}

const options: ReadonlySet<string> = new Set(turnFields.map(({ name }) => name));

/** Keys of a call that are no options: they fill `{input.…}` of the prompt. */
export function isTurnInput(name: string): boolean {
  return !options.has(name);
}

/** What a prompt of the agent can reach as `{input.…}`: what its schema declares and what calls of it give. */
export function turnInputs(file: ProcedureFile, agent: string): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  const site = file.types.siteOf("Agent", agent);
  const schema = site && file.types.schemaOf(site.model, site.site, "input");
  for (const { name, place, description } of schema?.fields ?? [])
    members.set(name, {
      name,
      type: { kind: "unknown" },
      place,
      ...(description !== undefined && { doc: description }),
    });
  for (const { model, options: table } of turnsOf(file, agent)) {
    if (!table) continue;
    for (const { name, span, value } of namedFields(table))
      if (isTurnInput(name) && !members.has(name))
        members.set(name, { name, type: file.types.typeOf(model, value), place: { statement: model, span } });
  }
  return members;
}

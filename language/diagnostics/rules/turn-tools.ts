import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import { type AgentTurn, agentTurns } from "#language/semantics/agent-turns.ts";
import type { DeclaredNames } from "#language/semantics/declared-names.ts";
import { grantedTools } from "#language/semantics/granted-tools.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";
import { fieldNamed, positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import type { Expression, TableExpression } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** A call of an agent that offers tools which the agent does not have. */
export const turnTools: Rule = {
  // What an agent has depends on toolsets anywhere in the file.
  file: (context) => {
    const known = new Map<PlacedSite["site"], DeclaredNames>();
    for (const turn of agentTurns(context.file)) {
      const tools = turn.options && toolsOf(turn.options);
      const agent = tools && context.types.siteOfHandle(context.types.typeOf(turn.model, turn.call.callee));
      if (!tools || !agent) continue;
      const granted = known.get(agent.site) ?? grantedTools(agent, context);
      known.set(agent.site, granted);
      if (granted.isOpen) continue;
      for (const value of positionalValues(tools))
        checkTool(value, turn, { agent, granted: granted.names, context });
    }
  },
};

const listOf = new WeakMap<TableExpression, TableExpression | undefined>();

/** The list that a call offers; looked for once in each call. */
function toolsOf(options: TableExpression): TableExpression | undefined {
  if (listOf.has(options)) return listOf.get(options);
  const value = fieldNamed(options, "tools")?.value;
  const list = value?.kind === "TableExpression" ? value : undefined;
  listOf.set(options, list);
  return list;
}

interface Grant {
  readonly agent: PlacedSite;
  readonly granted: ReadonlySet<string>;
  readonly context: FileContext;
}

function checkTool(
  value: Expression,
  { model, agent: agentName }: AgentTurn,
  { agent, granted, context }: Grant,
): void {
  const { types } = context;
  const text = stringLiteral(value);
  const type = text ? undefined : types.typeOf(model, value);
  const name = text?.value ?? (type?.kind === "handle" ? type.name : undefined);
  if (name === undefined || granted.has(name)) return;
  const guess = text && nearestName(name, granted);
  context.report(model, {
    code: "tool-not-granted",
    span: text?.content ?? value,
    message: `The agent "${agentName}" does not have the tool "${name}": a turn can only choose among its own.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
    related: [
      {
        place: { statement: agent.model, span: agent.site.name?.span ?? agent.site.callee },
        message: `Its tools are declared here`,
      },
    ],
    ...(text &&
      guess !== undefined && {
        fixes: [
          {
            title: `Replace with "${guess}"`,
            edits: [{ start: text.content.start, end: text.content.end, text: guess }],
            isPreferred: true,
          },
        ],
      }),
  });
}

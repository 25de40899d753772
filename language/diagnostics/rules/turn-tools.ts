import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { grantedTools } from "#language/semantics/granted-tools.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";
import { fieldNamed, positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import type { CallExpression, Expression } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** A call of an agent that offers tools which the agent does not have. */
export const turnTools: Rule = {
  visit: { CallExpression: checkCall },
};

function checkCall(call: CallExpression, context: StatementContext): void {
  const [options] = call.arguments;
  const tools = options?.kind === "TableExpression" ? fieldNamed(options, "tools")?.value : undefined;
  if (tools?.kind !== "TableExpression") return;
  const called = context.types.typeOf(context.model, call.callee);
  if (called.kind !== "handle" || called.handle !== "agent" || called.name === undefined) return;
  const agent = context.types.siteOfHandle(called);
  if (!agent) return;
  const granted = grantedTools(agent, context);
  if (granted.isOpen) return;
  for (const value of positionalValues(tools)) checkTool(value, called.name, agent, granted.names, context);
}

function checkTool(
  value: Expression,
  agentName: string,
  agent: PlacedSite,
  granted: ReadonlySet<string>,
  { types, model, report }: StatementContext,
): void {
  const text = stringLiteral(value);
  const type = text ? undefined : types.typeOf(model, value);
  const name = text?.value ?? (type?.kind === "handle" ? type.name : undefined);
  if (name === undefined || granted.has(name)) return;
  const guess = text && nearestName(name, granted);
  report({
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

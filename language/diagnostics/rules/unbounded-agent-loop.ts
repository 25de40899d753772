import type { FindingFix, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { LoopBounds } from "#language/diagnostics/workflow/loop-bounds.ts";
import { gotoLoops, type Loop, loopOf } from "#language/diagnostics/workflow/loops.ts";
import { isTrue } from "#language/semantics/control-flow.ts";
import type { Expression, RepeatStatement, WhileStatement } from "#language/syntax/tree.ts";

/** Loops that call an agent as often as the model likes, or for ever. */
export const unboundedAgentLoop: Rule = {
  visit: {
    WhileStatement: (node, context) => check(loopOf(node), context),
    RepeatStatement: (node, context) => check(loopOf(node), context),
    Block: (node, context) => {
      for (const loop of gotoLoops(node)) check(loop, context);
    },
  },
};

/** Turns that a loop may take before somebody should look. */
const suggestedTurns = 20;

function check(loop: Loop, context: StatementContext): void {
  const bounds = new LoopBounds(loop, context);
  const agent = bounds.agent();
  if (agent === undefined || bounds.isBounded()) return;
  const { node } = loop;
  const who = agent === "" ? "an agent" : `the agent "${agent}"`;
  const what = bounds.asksModel()
    ? `This loop calls ${who}, and only the model decides when it ends`
    : `This loop calls ${who}, and nothing in it bounds how often`;
  const fix = node.kind === "GotoStatement" ? undefined : bounding(node, context);
  context.report({
    code: "unbounded-agent-loop",
    span: node.kind === "GotoStatement" ? node : node.keyword,
    message: `${what}: it can spend without end. Count with \`Iterations\`, or compare a counter.`,
    ...(fix && { fixes: [fix] }),
  });
}

/** Counts the rounds, and ends after some. */
function bounding(
  node: WhileStatement | RepeatStatement,
  { file, model }: StatementContext,
): FindingFix | undefined {
  const [first] = node.block.statements;
  const isTaken = model.scopes.bindings.some(({ name }) => name === "Iterations");
  if (!first || isTaken) return undefined;
  const text = file.text.slice(model.offset, model.offset + first.start);
  const indent = /\n([ \t]*)$/.exec(text)?.[1];
  return {
    title: `End the loop after ${suggestedTurns} rounds`,
    edits: [
      ...boundedCondition(node),
      {
        start: first.start,
        end: first.start,
        text: `Iterations.increment()${indent === undefined ? " " : `\n${indent}`}`,
      },
    ],
  };
}

function boundedCondition({ kind, condition }: WhileStatement | RepeatStatement): FindingFix["edits"] {
  const { start, end } = condition;
  const exceeded = `Iterations.exceeded(${suggestedTurns})`;
  if (kind === "RepeatStatement")
    return condition.kind === "LiteralExpression"
      ? [{ start, end, text: exceeded }]
      : [{ start: end, end, text: ` or ${exceeded}` }];
  if (isTrue(condition)) return [{ start, end, text: `not ${exceeded}` }];
  const needsParentheses = isOr(condition);
  return [
    ...(needsParentheses ? [{ start, end: start, text: "(" }] : []),
    { start: end, end, text: `${needsParentheses ? ")" : ""} and not ${exceeded}` },
  ];
}

function isOr(condition: Expression): boolean {
  return condition.kind === "BinaryExpression" && condition.operator === "or";
}

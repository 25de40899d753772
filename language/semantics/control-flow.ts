import type { Block, Expression, Statement } from "#language/syntax/tree.ts";

/** Whether the end of a block can be reached, as far as its statements alone tell. */
export function canEndWithoutReturn(block: Block): boolean {
  return !block.statements.some(neverGoesOn);
}

/** Whether nothing behind a statement, in its block, is ever reached. */
export function neverGoesOn(statement: Statement): boolean {
  switch (statement.kind) {
    case "ReturnStatement":
    case "BreakStatement":
    case "GotoStatement":
      return true;
    case "CallStatement":
      return isErrorCall(statement.call);
    case "DoStatement":
      return !canEndWithoutReturn(statement.block);
    case "IfStatement": {
      const blocks = statement.clauses.map(({ block }) => block);
      return (
        statement.elseBlock !== undefined &&
        [...blocks, statement.elseBlock].every((block) => !canEndWithoutReturn(block))
      );
    }
    case "WhileStatement":
      return isTrue(statement.condition) && !hasBreak(statement.block);
    case "RepeatStatement":
      return (isFalse(statement.condition) && !hasBreak(statement.block)) || returnsAlways(statement.block);
    default:
      return false;
  }
}

function returnsAlways(block: Block): boolean {
  return block.statements.some((statement) => statement.kind === "ReturnStatement") && !hasBreak(block);
}

/** Whether a loop with this block can be left by `break` or `goto`. */
function hasBreak(block: Block): boolean {
  return block.statements.some((statement) => {
    switch (statement.kind) {
      case "BreakStatement":
      case "GotoStatement":
        return true;
      case "IfStatement":
        return (
          statement.clauses.some((clause) => hasBreak(clause.block)) ||
          (statement.elseBlock !== undefined && hasBreak(statement.elseBlock))
        );
      case "DoStatement":
        return hasBreak(statement.block);
      case "WhileStatement":
      case "RepeatStatement":
      case "NumericFor":
      case "GenericFor":
        return hasGoto(statement.block);
      default:
        return false;
    }
  });
}

function hasGoto(block: Block): boolean {
  return block.statements.some(
    (statement) => statement.kind === "GotoStatement" || nestedBlocks(statement).some(hasGoto),
  );
}

function nestedBlocks(statement: Statement): readonly Block[] {
  if (statement.kind === "IfStatement")
    return [
      ...statement.clauses.map(({ block }) => block),
      ...(statement.elseBlock ? [statement.elseBlock] : []),
    ];
  return "block" in statement ? [statement.block] : [];
}

function isErrorCall(call: Expression): boolean {
  if (call.kind !== "CallExpression" || call.callee.kind !== "NameExpression") return false;
  return call.callee.text === "error";
}

export function isTrue(expression: Expression): boolean {
  if (expression.kind === "LiteralExpression") return expression.value === true;
  return expression.kind === "NumberExpression" || expression.kind === "StringExpression";
}

function isFalse(expression: Expression): boolean {
  return expression.kind === "LiteralExpression" && expression.value !== true;
}

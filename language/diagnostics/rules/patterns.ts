import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { plainContent } from "#language/diagnostics/source-text.ts";
import { meansWord } from "#language/diagnostics/vocabulary-call.ts";
import { stepPatternProblem } from "#language/embedded/gherkin/match-steps.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { Expression, Span, StringExpression } from "#language/syntax/tree.ts";
import { canBlowUp } from "#language/text-checks/can-blow-up.ts";
import { parseLuaPattern } from "#language/text-checks/lua-pattern.ts";

/** Patterns of Lua that are written out, and those of steps: malformed, slow on some texts, or not what they look like. */
export const patterns: Rule = {
  statement: (context) => {
    for (const { kind, text } of context.model.sites) if (kind === "Step" && text) checkStep(text, context);
  },
  visit: {
    CallExpression: (call, context) => {
      const { callee } = call;
      if (callee.kind !== "MemberExpression" || callee.object.kind !== "NameExpression") return;
      const isLibrary = callee.object.text === "string" && meansWord(callee.object, context);
      if (isLibrary) checkCall(callee.member.text, call.arguments, true, context);
    },
    MethodCall: (call, context) => {
      const type = context.types.typeOf(context.model, call.object);
      if (type.kind !== "string" && type.kind !== "unknown") return;
      checkCall(call.method.text, [call.object, ...call.arguments], type.kind === "string", context);
    },
  },
};

const withPatterns: ReadonlySet<string> = new Set(["find", "match", "gmatch", "gsub"]);

function checkCall(
  name: string,
  [, second, third, fourth]: readonly Expression[],
  isCertain: boolean,
  context: StatementContext,
): void {
  const text = stringLiteral(second);
  if (!text || !withPatterns.has(name)) return;
  // With a fourth argument `find` looks for the text itself, unless that is false.
  if (name === "find" && fourth && !(fourth.kind === "LiteralExpression" && fourth.value !== true)) return;
  const pattern = parseLuaPattern(text.value, { anchors: name !== "gmatch" });
  const place = (span: Span): Span => placeIn(text, span, context);
  for (const { message, ...span } of pattern.problems)
    context.report({
      code: "invalid-pattern",
      span: place(span),
      // Something else may have a function of that name.
      ...(!isCertain && { severity: "warning" }),
      message: `${message.slice(0, 1).toUpperCase()}${message.slice(1)}. The call fails.`,
    });
  for (const { message, ...span } of pattern.traps)
    context.report({ code: "risky-pattern", severity: "information", span: place(span), message });
  const blowUp = canBlowUp(pattern);
  if (blowUp) context.report({ code: "risky-pattern", span: text.content, message: blowUp.reason });
  if (name === "gsub") checkReplacement(third, pattern.captures, isCertain, context);
}

/** In a replacement `%` stands before the number of a capture, or before another `%`. */
function checkReplacement(
  value: Expression | undefined,
  captures: number,
  isCertain: boolean,
  context: StatementContext,
): void {
  const text = stringLiteral(value);
  if (!text) return;
  for (const match of text.value.matchAll(/%([\s\S])?/g)) {
    const [whole, character = ""] = match;
    const isCapture = /\d/.test(character) && Number(character) <= Math.max(1, captures);
    if (character === "%" || isCapture) continue;
    const span = placeIn(text, { start: match.index, end: match.index + whole.length }, context);
    const what = /\d/.test(character) ? `has no capture ${character}` : "takes no other character behind `%`";
    context.report({
      code: "invalid-pattern",
      span,
      ...(!isCertain && { severity: "warning" }),
      message: `The replacement ${/\d/.test(character) ? `names capture ${character}, and the pattern` : "of gsub"} ${what}. Write \`%%\` for a percent sign. The call fails.`,
    });
  }
}

function checkStep(text: StringExpression, context: StatementContext): void {
  const problem = stepPatternProblem(text.value);
  if (!problem) return;
  context.report({
    code: "invalid-pattern",
    span: placeIn(text, problem, context),
    severity: problem.isUnsupported ? "warning" : "error",
    message: problem.message,
  });
}

/** Where a part of a text's value is written; the whole text when it has escapes. */
function placeIn(text: StringExpression, { start, end }: Span, context: StatementContext): Span {
  if (plainContent(context, text) === undefined) return text.content;
  return { start: text.content.start + start, end: text.content.start + Math.max(end, start + 1) };
}

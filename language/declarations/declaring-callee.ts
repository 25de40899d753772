import type { Expression } from "#language/syntax/tree.ts";
import { declarations } from "#vocabulary/words.ts";

const words: ReadonlySet<string> = new Set(declarations);
const constructors: ReadonlySet<string> = new Set(["Corpus", "Retriever", "Context", "Compactor"]);

/** Whether a call of this declares something: `Agent`, `Procedure "x"`, `module.Retriever`. */
export function isDeclaringCallee(callee: Expression): boolean {
  if (callee.kind === "CallExpression") return isDeclaringCallee(callee.callee);
  if (callee.kind === "NameExpression") return words.has(callee.text);
  return callee.kind === "MemberExpression" && constructors.has(callee.member.text);
}

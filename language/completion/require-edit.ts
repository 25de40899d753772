import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Adds `local name = require("module")`: below the other ones at the top, else above the first statement. */
export function requireEdit(
  file: ProcedureFile,
  name: string,
  module: string,
): Span & { readonly text: string } {
  const line = `local ${name} = require(${JSON.stringify(module)})`;
  const last = lastRequire(file);
  if (last !== undefined) return { start: last, end: last, text: `\n${line}` };
  const start = firstLine(file);
  return { start, end: start, text: `${line}\n\n` };
}

/** Where the last of the `require` statements ends with which the file begins. */
function lastRequire(file: ProcedureFile): number | undefined {
  let end: number | undefined;
  for (const { top, offset } of file.models) {
    const { node } = top;
    const value = node.kind === "LocalStatement" ? node.values[0] : undefined;
    const isRequire =
      value?.kind === "CallExpression" &&
      value.callee.kind === "NameExpression" &&
      value.callee.text === "require";
    if (!isRequire) break;
    end = offset + node.end;
  }
  return end;
}

/** Behind comments at the top that an empty line separates from the first statement. */
function firstLine({ text, models }: ProcedureFile): number {
  const [first] = models;
  const trivia = text.slice(0, first ? first.top.node.start : 0);
  const gap = Array.from(trivia.matchAll(/\n[ \t]*\r?\n/g)).at(-1);
  return gap ? gap.index + gap[0].length : 0;
}

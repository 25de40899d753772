import { isDeclaringCallee } from "#language/declarations/declaring-callee.ts";
import { scriptBodyStart } from "#language/declarations/script-body.ts";
import { parseSource } from "#language/syntax/parse-source.ts";
import type { LocalStatement, Node, SourceTree } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** A source as the evaluating engine takes it; every line is where it was. */
export interface LoadableSource {
  readonly text: string;
  readonly tree: SourceTree;
  readonly isScript: boolean;
}

/** The body of a script becomes a function that nobody calls, so that it is compiled and not run. */
export function loadableSource(source: string): LoadableSource {
  const tree = parseSource(source);
  const body = scriptBodyStart(tree);
  const edits = editsOf(tree);
  if (body === undefined) return { text: edited(source, edits), tree, isScript: false };
  const opening = { start: body, end: body, text: "local _ = function(input) " };
  const text = edited(source, [...edits, opening].sort(byPlace));
  return { text: `${text}\nend`, tree, isScript: true };
}

/** A module is never a script. */
export function loadableModule(source: string): LoadableSource {
  const tree = parseSource(source);
  return { text: edited(source, editsOf(tree)), tree, isScript: false };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What the engine of the editor (Lua 5.3) does not know of 5.4 is taken out: the attributes of locals, which only
 * forbid. A tail call would hide the helper function that it stands in, so `return Agent {…}` gets parentheses.
 */
function editsOf({ text, statements, offsets }: SourceTree): Edit[] {
  const edits: Edit[] = [];
  for (const [index, { node }] of statements.entries()) {
    const base = offsets[index] ?? 0;
    walk(node, (inner) => {
      if (inner.kind === "LocalStatement") edits.push(...attributeEdits(text, inner, base));
      else edits.push(...tailCallEdits(inner, base));
    });
  }
  return edits.sort(byPlace);
}

function tailCallEdits(node: Node, base: number): readonly Edit[] {
  const value = node.kind === "ReturnStatement" && node.values.length === 1 ? node.values[0] : undefined;
  if (value?.kind !== "CallExpression" || !isDeclaringCallee(value.callee)) return [];
  const start = base + value.start;
  const end = base + value.end;
  return [
    { start, end: start, text: "(" },
    { start: end, end, text: ")" },
  ];
}

function attributeEdits(text: string, { names }: LocalStatement, base: number): readonly Edit[] {
  return names.flatMap(({ attribute }) => {
    if (!attribute) return [];
    const start = text.lastIndexOf("<", base + attribute.start);
    const end = text.indexOf(">", base + attribute.end) + 1;
    return start === -1 || end === 0
      ? []
      : [{ start, end, text: text.slice(start, end).replace(/[^\r\n]/g, " ") }];
  });
}

function edited(source: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, text } of edits) {
    if (start < done) continue;
    pieces.push(source.slice(done, start), text);
    done = end;
  }
  return pieces.join("") + source.slice(done);
}

function byPlace(left: Edit, right: Edit): number {
  return left.start - right.start;
}

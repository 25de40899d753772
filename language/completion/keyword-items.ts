import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CodePlace } from "#language/completion/completion-place.ts";
import type { Opener } from "#language/completion/cursor-slot.ts";
import type { Node } from "#language/syntax/tree.ts";

const statements = ["local", "function", "if", "for", "while", "repeat", "do", "return", "goto"];
const expressions = ["nil", "true", "false", "not", "function"];

/** What may close, or go on with, what is open. */
const closers: Readonly<Partial<Record<Opener, readonly string[]>>> = {
  // biome-ignore lint/suspicious/noThenProperty: it is Lua's keyword; nobody awaits this table.
  then: ["elseif", "else", "end"],
  else: ["end"],
  do: ["end"],
  function: ["end"],
  repeat: ["until"],
};

/** What stands behind the expression in the head of a statement. */
const headEnds: Readonly<Partial<Record<Opener, readonly string[]>>> = {
  if: ["then"],
  while: ["do"],
  for: ["in", "do"],
};

/** The keywords that are legal at a place. */
export function keywordItems({ slot, path }: CodePlace): CompletionItem[] {
  return wordsFor(slot.kind, slot.opener, path).map((label) => ({ label, kind: "keyword", rank: 7 }));
}

function wordsFor(kind: CodePlace["slot"]["kind"], opener: Opener, path: readonly Node[]): readonly string[] {
  switch (kind) {
    case "statement":
      return [...statements, ...(isInLoop(path) ? ["break"] : []), ...(closers[opener] ?? [])];
    case "operator":
      return [...(headEnds[opener] ?? []), "and", "or"];
    case "expression":
    case "tableField":
      return expressions;
    default:
      return [];
  }
}

/** Whether `break` would leave a loop, of the same function. */
function isInLoop(path: readonly Node[]): boolean {
  const loop = path.findLastIndex(({ kind }) =>
    ["WhileStatement", "RepeatStatement", "NumericFor", "GenericFor"].includes(kind),
  );
  return loop >= 0 && loop > path.findLastIndex(({ kind }) => kind === "FunctionBody");
}

import type { SourceTree } from "#language/syntax/tree.ts";
import { declarations, fileSettings } from "#vocabulary/words.ts";

/** Words that begin the body of a script when they stand at the start of a statement, though they declare. */
const bodyWords: ReadonlySet<string> = new Set([
  ...[
    "Classify",
    "ClassifyProcedure",
    "DSPyAgent",
    "History",
    "Message",
    "Procedure",
    "Step",
    "get_current_lm",
  ],
]);
const declarationWords = ["input", "output", "Dependency", ...declarations, ...fileSettings].filter(
  (word) => !bodyWords.has(word),
);
const assignedWords =
  "Agent|Toolset|Tool|Model|Module|Signature|LM|Dependency|Prompt|Task|TaskFunction|Context|Corpus|Retriever|Compactor";

const declaration = new RegExp(`^(?:(?:${declarationWords.join("|")})\\b|Step\\s*\\()`);
const assignment = new RegExp(
  `^(?:local\\s+)?[A-Za-z_]\\w*(?:\\s*<\\s*\\w+\\s*>)?\\s*=\\s*(?:(?:${assignedWords}|function|require|[A-Za-z_]\\w*Retriever)\\b|` +
    "[A-Za-z_]\\w*\\.(?:Retriever|Corpus|Context|Compactor)\\b)",
);
const namedFunction = /^(?:local\s+)?function\b/;
const procedure = /^(?:local\s+)?(?:[A-Za-z_]\w*\s*=\s*)?Procedure\b/;
const mainFunction = /^function\s+main\s*\(/;
const schema = /^(?:input|output)\s*[{(]/;
const topLevelReturn = /^return\b/;

/** Statements are told apart by how they begin. */
const longestBeginning = 200;

/**
 * Where the body of a script begins: a file without a Procedure runs the statements behind its declarations when it is
 * started, not when it is loaded (language.md §1.3). Undefined for any other file. The runtime splits the text in the
 * same way (`runtime/program/script-mode.ts`); a test holds the two together.
 */
export function scriptBodyStart(tree: SourceTree): number | undefined {
  const starts = tree.statements.flatMap(({ node }, index) =>
    node.kind === "EndOfFile" || node.kind === "EmptyStatement"
      ? []
      : [(tree.offsets[index] ?? 0) + node.start],
  );
  const statements = starts.map((start) => ({
    start,
    text: tree.text.slice(start, start + longestBeginning),
  }));
  const isScript =
    statements.some(({ text }) => schema.test(text) || topLevelReturn.test(text)) &&
    !statements.some(({ text }) => procedure.test(text) || mainFunction.test(text));
  return isScript ? statements.find(({ text }) => !isPrefix(text))?.start : undefined;
}

function isPrefix(text: string): boolean {
  return declaration.test(text) || assignment.test(text) || namedFunction.test(text);
}

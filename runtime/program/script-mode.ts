import { topLevelLines } from "./lua-lines.ts";

const declarationWords =
  "input|output|Mocks|Agent|Toolset|Tool|Model|Module|Signature|LM|Dependency|Prompt|Task|TaskFunction|IncludeTasks|" +
  "Context|Corpus|Retriever|Compactor|Hitl|Specification|Specifications|Evaluation|Evaluations|default_provider|" +
  "default_model|return_prompt|error_prompt|status_prompt|async|max_depth|max_turns";
const assignedWords =
  "Agent|Toolset|Tool|Model|Module|Signature|LM|Dependency|Prompt|Task|TaskFunction|Context|Corpus|Retriever|Compactor";

const declaration = new RegExp(`^(?:(?:${declarationWords})\\b|Step\\s*\\()`);
const assignment = new RegExp(
  `^(?:local\\s+)?[A-Za-z_]\\w*(?:\\s*<\\w+>)?\\s*=\\s*(?:(?:${assignedWords}|function|require|[A-Za-z_]\\w*Retriever)\\b|` +
    "[A-Za-z_]\\w*\\.(?:Retriever|Corpus|Context|Compactor)\\b)",
);
const namedFunction = /^(?:local\s+)?function\b/;
const procedure = /^(?:local\s+)?(?:[A-Za-z_]\w*\s*=\s*)?Procedure\b/;
const mainFunction = /^function\s+main\s*\(/;
const schema = /^(?:input|output)\s*[{(]/;
const topLevelReturn = /^return\b/;

/** The text to run of a file, and whether it was a plain script. */
export interface ScriptText {
  readonly source: string;
  readonly isScript: boolean;
}

/**
 * A file without a Procedure can be a plain script: declarations, then statements, then `return {…}`. The statements
 * are wrapped into a procedure, on the lines where they stand, so that every line number of the source stays.
 */
export function wrapScript(source: string): ScriptText {
  const top = topLevelLines(source);
  const isScript =
    top.some(({ text }) => schema.test(text) || topLevelReturn.test(text)) &&
    !top.some(({ text }) => procedure.test(text) || mainFunction.test(text));
  const first = isScript ? top.find(({ text }) => !isPrefix(text)) : undefined;
  if (!first) return { source, isScript: false };
  const lines = source.split("\n");
  const before = lines.slice(0, first.index);
  const body = lines.slice(first.index).join("\n");
  const wrapped = [...before, `Procedure { function(input) ${body}`, "end }"].join("\n");
  return { source: wrapped, isScript: true };
}

function isPrefix(text: string): boolean {
  return declaration.test(text) || assignment.test(text) || namedFunction.test(text);
}

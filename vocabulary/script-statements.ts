/**
 * How the statements of a plain script are told apart: by what they begin with (language.md §1.3). The runtime splits a
 * script by this before it runs, the editor before it evaluates declarations.
 */

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

/** Whether a file is a plain script, by the beginnings of its statements: it has no Procedure, but a schema or a result. */
export function isPlainScript(beginnings: readonly string[]): boolean {
  return (
    beginnings.some((text) => schema.test(text) || topLevelReturn.test(text)) &&
    !beginnings.some((text) => procedure.test(text) || mainFunction.test(text))
  );
}

/** Whether a statement with this beginning belongs to the declarations of a script; the first that does not begins its body. */
export function isScriptDeclaration(beginning: string): boolean {
  return declaration.test(beginning) || assignment.test(beginning) || namedFunction.test(beginning);
}

import { errorText } from "#common/error-text.ts";
import { type Json, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { filledJson, TemplateProblem } from "./filled-template.ts";
import type { HostAction } from "./host-tool.ts";
import type { EditorDeclaration } from "./host-tool-declaration.ts";

/** Executes commands of the editor; a front end that is an editor has one. */
export interface EditorCommands {
  execute(command: string, parameters: readonly Json[]): Promise<unknown>;
}

/** Executes a declared command of the editor. */
export function editorAction(declaration: EditorDeclaration, commands: EditorCommands): HostAction {
  return {
    prepare(parameters) {
      try {
        const given = declaration.arguments.map((template) => filledJson(template, parameters) ?? null);
        return ok({
          shown: { command: declaration.command, arguments: given },
          run: ({ signal }) => execute(commands, declaration.command, given, signal),
        });
      } catch (problem) {
        if (!(problem instanceof TemplateProblem)) throw problem;
        return fail(problem.message);
      }
    },
  };
}

/** A command can't be ended from outside: it is no longer waited for. */
async function execute(
  commands: EditorCommands,
  command: string,
  parameters: readonly Json[],
  signal: AbortSignal,
): Promise<Result<Json, string>> {
  const ended = new Promise<Result<Json, string>>((resolve) => {
    signal.addEventListener("abort", () => resolve(fail("was ended.")), { once: true });
    if (signal.aborted) resolve(fail("was ended."));
  });
  const executed = commands.execute(command, parameters).then(
    (value) => jsonOf(value),
    (error: unknown) => fail(`failed: ${errorText(error).slice(0, 300)}`),
  );
  return Promise.race([executed, ended]);
}

/** Commands give anything; only what JSON can hold goes on. */
function jsonOf(value: unknown): Result<Json, string> {
  try {
    const text: string | undefined = JSON.stringify(value);
    return ok(text === undefined ? null : parseJsonSafely(text));
  } catch {
    return fail("gave a value that JSON can't hold.");
  }
}

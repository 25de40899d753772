import { type Json, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { SecretVariables } from "../secrets/secret-variables.ts";
import { filledText, hasControlCharacter, TemplateProblem, type TemplateValues } from "./filled-template.ts";
import type { HostAction } from "./host-tool.ts";
import type { CommandDeclaration } from "./host-tool-declaration.ts";
import { type CommandEnd, runCommand } from "./run-command.ts";

export interface CommandActionOptions {
  readonly variables: SecretVariables;
  readonly maximumOutputBytes: number;
}

/** Where a command finds the key under which a repetition of the same call can be recognised. */
const idempotencyVariable = "TACTUS_IDEMPOTENCY_KEY";

/** Runs a declared program. */
export function commandAction(declaration: CommandDeclaration, options: CommandActionOptions): HostAction {
  const { folder, environment = [], output = "json" } = declaration;
  return {
    prepare(parameters) {
      const command = filledCommand(declaration.command, parameters);
      if (!command.ok) return command;
      return ok({
        shown: { command: command.value, folder, input: parameters },
        async run({ signal, idempotencyKey }) {
          const variables = await options.variables.read(environment);
          const key = idempotencyKey === undefined ? {} : { [idempotencyVariable]: idempotencyKey };
          const end = await runCommand({
            command: command.value,
            folder,
            environment: { ...variables, ...key },
            input: JSON.stringify(parameters),
            maximumOutputBytes: options.maximumOutputBytes,
            signal,
          });
          return resultOf(end, output);
        },
      });
    },
  };
}

/** The program and its arguments; an argument whose place has no value is left out. */
function filledCommand(
  [program, ...templates]: CommandDeclaration["command"],
  values: TemplateValues,
): Result<readonly [string, ...string[]], string> {
  const endOfOptions = templates.indexOf("--");
  try {
    const filled = templates.flatMap((template, index) => {
      const isOperand = endOfOptions !== -1 && index > endOfOptions;
      return (
        filledText(template, values, (text, name, offset) => {
          checkArgument(text, name, { startsArgument: offset === 0 && !isOperand });
          return text;
        }) ?? []
      );
    });
    return ok([program, ...filled]);
  } catch (problem) {
    if (!(problem instanceof TemplateProblem)) throw problem;
    return fail(problem.message);
  }
}

/** A value must stay one argument, and must not become an option of the program. */
function checkArgument(
  text: string,
  name: string,
  { startsArgument }: { readonly startsArgument: boolean },
): void {
  if (hasControlCharacter(text))
    throw new TemplateProblem(
      `was not called: its argument '${name}' has a line break or another control character.`,
    );
  if (startsArgument && text.startsWith("-"))
    throw new TemplateProblem(
      `was not called: its argument '${name}' begins with '-' and would be read as an option.`,
    );
}

/** What standard output says. What the program wrote to standard error stays on the host. */
function resultOf(end: CommandEnd, output: "json" | "text"): Result<Json, string> {
  if (end.reason !== "exited") return fail(`${end.reason}.`);
  if (end.code !== 0) return fail(`ended with code ${end.code}.`);
  if (output === "text") return ok(end.output);
  try {
    return ok(parseJsonSafely(end.output));
  } catch {
    return fail("did not answer with JSON.");
  }
}

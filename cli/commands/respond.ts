import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { notAsked, questionsOfRun, storeAnswer } from "#runs/session/waiting-questions.ts";
import { givenAnswer } from "../humans/given-answer.ts";
import { print, printJson } from "../output/terminal.ts";
import { refuse } from "../refuse.ts";
import { existingRun } from "./existing-run.ts";

/** `runs respond ID REQUEST VALUE`: answers a question that a run waits for. `runs resume` goes on with it. */
export async function respond(
  id: string,
  request: string,
  text: string,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  const workspaceRoot = process.cwd();
  const { run } = await existingRun(id);
  const asked = (await questionsOfRun(workspaceRoot, run)).find(({ question }) => question.id === request);
  if (!asked) return refuse(notAsked(run, request), workspaceRoot);
  const answer = await givenAnswer(text, asked.question, asked.settle);
  if (!answer.ok) {
    return refuse({ code: "human-failed", message: answer.error, exitCode: exitCodes.usage }, workspaceRoot);
  }
  const stored = await storeAnswer(workspaceRoot, asked, answer.value);
  if (!stored.ok) return refuse(stored.error, workspaceRoot);
  if (json) printJson({ run, request, value: answer.value });
  else print(`The answer is kept. \`tactus-studio runs resume ${run}\` goes on with it.`);
  return exitCodes.done;
}

import { errorText } from "#common/error-text.ts";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { HumanService, Refusal } from "../services.ts";
import { problemOfAnswer } from "./answer-rules.ts";
import type { HumanFrontEnd, HumanQuestion } from "./human-front-end.ts";

type HumanAnswer = Result<{ readonly value: Json; readonly by: string }, Refusal>;

/**
 * Asks a person through the front end. Whoever does not answer in time, closes the question, or is not there at all
 * is represented by the default; what has no default is refused.
 */
export function createHumans(frontEnd?: HumanFrontEnd): HumanService {
  return {
    async ask(question, { signal }) {
      if (!frontEnd) return standIn(question, "default", nobodyThere(question));
      return askPerson(frontEnd, question, signal);
    },
  };
}

async function askPerson(
  frontEnd: HumanFrontEnd,
  question: HumanQuestion,
  signal: AbortSignal,
): Promise<HumanAnswer> {
  const waiting = new AbortController();
  const stop = () => waiting.abort();
  signal.addEventListener("abort", stop, { once: true });
  const timer = question.timeoutSeconds && setTimeout(stop, question.timeoutSeconds * 1000);
  try {
    const unanswered = new Promise<undefined>((resolve) =>
      waiting.signal.addEventListener("abort", () => resolve(undefined), { once: true }),
    );
    if (signal.aborted) stop();
    const answer = await Promise.race([frontEnd.ask(question, waiting.signal), unanswered]);
    if (signal.aborted)
      return fail({ code: "cancelled", message: "The run was cancelled while it waited for a person." });
    if (answer !== undefined) return accept(question, answer);
    return waiting.signal.aborted
      ? standIn(question, "timeout", tooLate)
      : standIn(question, "default", closed);
  } catch (error) {
    return fail({ code: "human-failed", message: `The question could not be shown: ${errorText(error)}` });
  } finally {
    clearTimeout(timer || undefined);
    signal.removeEventListener("abort", stop);
  }
}

function accept(question: HumanQuestion, value: Json): HumanAnswer {
  const problem = problemOfAnswer(question, value);
  return problem ? fail({ code: "human-failed", message: problem }) : ok({ value, by: "person" });
}

/** What counts when no person answers. An approval that nobody gave is not given. */
function standIn(question: HumanQuestion, by: "default" | "timeout", refusal: Refusal): HumanAnswer {
  if (question.default !== undefined) return ok({ value: question.default, by });
  return question.kind === "approval" ? ok({ value: false, by }) : fail(refusal);
}

function nobodyThere({ kind }: HumanQuestion): Refusal {
  return {
    code: "human-unavailable",
    message:
      `The procedure asks a person (${kind}), but nobody can be asked here and the question has no default. ` +
      "Run it in a terminal or in the editor, or give the question a default.",
  };
}

const tooLate: Refusal = {
  code: "human-failed",
  message: "Nobody answered in time, and the question has no default.",
};
const closed: Refusal = {
  code: "human-failed",
  message: "The question was closed without an answer, and it has no default.",
};

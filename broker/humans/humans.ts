import { errorText } from "#common/error-text.ts";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { HumanQuestion, SettleAnswer } from "#protocol/humans/human-question.ts";
import type { HumanService, Refusal } from "../services.ts";
import { atTime, type Clock, deadlineOf, systemClock } from "./deadline.ts";
import { fallbackAnswer } from "./fallback-answer.ts";
import type { Asking, HumanFrontEnd } from "./human-front-end.ts";
import { problemOfSchema, schemaProblem } from "./response-schema.ts";
import { settleAnswer } from "./settle-answer.ts";
import type { UploadFiles } from "./uploads.ts";

type HumanAnswer = Result<{ readonly value: Json; readonly by: string }, Refusal>;

export interface HumansOptions {
  /** Absent: nobody can be asked here. */
  readonly frontEnd?: HumanFrontEnd | undefined;
  readonly files: UploadFiles;
  readonly clock?: Clock;
}

/**
 * Asks a person through the front end. The default answers for whoever does not in time, whatever the front end does,
 * and where nobody can be asked. What is left without an answer is put aside: the run ends and waits for it.
 */
export function createHumans({ frontEnd, files, clock = systemClock }: HumansOptions): HumanService {
  return {
    async ask(question, { signal, askedAt = clock.now(), warn = () => {} }) {
      const problem = problemOfSchema(question);
      if (problem !== undefined) return fail({ code: "human-failed", message: problem });
      const deadline = deadlineOf(question, askedAt);
      if (deadline !== undefined && deadline <= clock.now()) return late(question);
      if (frontEnd) return askPerson({ question, frontEnd, files, clock, deadline, signal, warn });
      return question.default === undefined
        ? fail(putAside(question))
        : standIn(question, "default", fallbackAnswer(question));
    },
  };
}

interface AskedPerson {
  readonly question: HumanQuestion;
  readonly frontEnd: HumanFrontEnd;
  readonly files: UploadFiles;
  readonly clock: Clock;
  readonly deadline: number | undefined;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

async function askPerson(asked: AskedPerson): Promise<HumanAnswer> {
  const { question, frontEnd, files, clock, deadline, signal, warn } = asked;
  const timeOver = new AbortController();
  const stopClock = deadline === undefined ? () => {} : atTime(clock, deadline, () => timeOver.abort());
  const settle: SettleAnswer = (part, given) => settleAnswer(part, given, files);
  try {
    const asking = { signal: AbortSignal.any([signal, timeOver.signal]), settle };
    const answer = await answerOrEnd(frontEnd, question, asking);
    if (signal.aborted) return fail(cancelled);
    if (answer !== undefined) return accept(await settle(question, answer));
    return timeOver.signal.aborted ? late(question) : fail(putAside(question));
  } catch (error) {
    warn(`A question could not be shown: ${errorText(error)}`);
    return fail({
      code: "human-failed",
      message: "The question could not be shown; the run's journal says why.",
    });
  } finally {
    stopClock();
  }
}

/** A front end that goes on asking when nobody waits any more holds up nothing. */
function answerOrEnd(
  frontEnd: HumanFrontEnd,
  question: HumanQuestion,
  asking: Asking,
): Promise<Json | undefined> {
  const ended = new Promise<undefined>((resolve) => {
    if (asking.signal.aborted) resolve(undefined);
    asking.signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  return Promise.race([ended, frontEnd.ask(question, asking)]);
}

function accept(settled: Result<Json, string>): HumanAnswer {
  return settled.ok
    ? ok({ value: settled.value, by: "person" })
    : fail({ code: "human-failed", message: settled.error });
}

function late(question: HumanQuestion): HumanAnswer {
  return standIn(question, "timeout", fallbackAnswer(question));
}

function standIn(question: HumanQuestion, by: "default" | "timeout", value: Json): HumanAnswer {
  const problem = schemaProblem(question, value);
  return problem === undefined ? ok({ value, by }) : fail({ code: "human-failed", message: problem });
}

function putAside({ kind }: HumanQuestion): Refusal {
  return {
    code: "waiting",
    message: `The run waits for the answer of a person (${kind}).`,
  };
}

const cancelled: Refusal = {
  code: "cancelled",
  message: "The run was cancelled while it waited for a person.",
};

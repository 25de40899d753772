import type { RunEvent } from "#protocol/events/events.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { isQuestionKind } from "#protocol/humans/human-question.ts";

/** A question of a run that nobody has answered. */
export interface UnansweredQuestion {
  readonly question: HumanQuestion;
  /** ISO 8601. */
  readonly askedAt: string;
}

/** The questions of a journal that have no answer, in their order. */
export function unansweredQuestions(events: readonly RunEvent[]): readonly UnansweredQuestion[] {
  const open = new Map<string, UnansweredQuestion>();
  for (const event of events) {
    if (event.type === "human.responded") open.delete(event.request);
    if (event.type !== "human.requested" || !isQuestionKind(event.kind)) continue;
    const {
      request: id,
      kind,
      message,
      details = {},
      options,
      default: preset,
      timeoutSeconds,
      at,
      time,
    } = event;
    const question: HumanQuestion = {
      id,
      kind,
      message,
      details,
      ...(options && { options }),
      ...(preset !== undefined && { default: preset }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(at && { at }),
    };
    open.set(id, { question, askedAt: time });
  }
  return [...open.values()];
}

import type { Json } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";

/**
 * The answer to a question, or to a part of it, as the procedure will get it; or what is wrong with it, in words for
 * the person who gave it.
 */
export type SettleAnswer = (question: HumanQuestion, given: Json) => Promise<Result<Json, string>>;

/** A question that waits for its answer. */
export interface Asking {
  /** Aborted when nobody waits any more (timeout, end of the run): the question then disappears. */
  readonly signal: AbortSignal;
  readonly settle: SettleAnswer;
}

/** What shows questions: a terminal, an editor. */
export interface HumanFrontEnd {
  /** The person's answer, or `undefined` when it is put aside: the run then waits for one. */
  ask(question: HumanQuestion, asking: Asking): Promise<Json | undefined>;
}

import type { Json } from "#common/json.ts";
import type { HumanQuestion, SettleAnswer } from "#protocol/humans/human-question.ts";

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

import type { Json } from "#common/json.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";

/** A question to a person. Everything in it came from a procedure: it is shown as data, never as markup. */
export type HumanQuestion = HumanAskParams & { readonly id: string };

/** What shows questions: a terminal, an editor. */
export interface HumanFrontEnd {
  /**
   * The person's answer, or `undefined` when the question was closed without one. The signal is aborted when nobody
   * waits any more (timeout, end of the run): the question then disappears.
   */
  ask(question: HumanQuestion, signal: AbortSignal): Promise<Json | undefined>;
}

import { isSameJson, type Json, type JsonObject } from "#common/json.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { AskedQuestion, RunPast } from "./run-past.ts";

/** What is known of a question before it is put. */
export interface PastQuestion {
  /** When it was shown first, in milliseconds since 1970; undefined: it was not. */
  readonly askedAt?: number;
  /** What a person answered while nothing ran. */
  readonly given?: Json;
}

/**
 * The questions of earlier parts of a run. An answer counts for the very question that it was given to, and once: a
 * sandbox that asks for something else under the same number, or asks twice, has no leave.
 */
export class PastQuestions {
  readonly #asked: Map<string, AskedQuestion>;
  readonly #responses: ReadonlyMap<string, Json>;
  readonly #redactor: Redactor;

  constructor(past: RunPast | undefined, redactor: Redactor) {
    this.#asked = new Map(past?.asked);
    this.#responses = past?.responses ?? new Map();
    this.#redactor = redactor;
  }

  /** What the journal has of the question with this id; from then on it is a new one. */
  take(id: string, question: HumanAskParams): PastQuestion {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (!asked || !isSameQuestion(asked.question, this.#redactor.value(question))) return {};
    const given = this.#responses.get(id);
    return { askedAt: asked.at, ...(given !== undefined && { given }) };
  }
}

/** The line may have moved; everything that a person sees counts. */
function isSameQuestion(one: AskedQuestion["question"], other: AskedQuestion["question"]): boolean {
  return isSameJson(shownOf(one), shownOf(other));
}

function shownOf(question: AskedQuestion["question"]): JsonObject {
  const { kind, message, details = {}, options, default: preset, timeoutSeconds } = question;
  return {
    kind,
    message,
    details,
    ...(options && { options }),
    ...(preset !== undefined && { default: preset }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  };
}

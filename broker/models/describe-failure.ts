import { errorText } from "#common/error-text.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Refusal } from "../services.ts";
import { ModelFailure, type ModelFailureCode, modelFailureIn } from "./model-failure.ts";

type Ai = typeof import("ai");

/** Characters of a provider's own words that are shown. */
const maximumDetail = 300;

export interface FailureContext {
  readonly provider: string;
  readonly model: string;
  /** Names of the variables that hold the key. */
  readonly keyNames: readonly string[];
  readonly redactor: Redactor;
}

/** What went wrong, for the person: provider, model, status, what to do; never the key, never a whole body. */
export function describeFailure(error: unknown, context: FailureContext, ai: Ai | undefined): Refusal {
  const failure = modelFailureIn(error) ?? failureOf(error, context, ai);
  const { provider, model, redactor } = context;
  const message = redactor.text(`${provider.slice(0, 80)} (${model.slice(0, 120)}): ${failure.message}`);
  return { code: failure.code, message };
}

function failureOf(error: unknown, context: FailureContext, ai: Ai | undefined): ModelFailure {
  const last = ai?.RetryError.isInstance(error) ? error.lastError : error;
  const inner = modelFailureIn(last);
  if (inner) return inner;
  if (!ai?.APICallError.isInstance(last))
    return new ModelFailure("model-failed", `the request failed. ${detail(last, context)}`);
  const status = last.statusCode;
  if (status === undefined || status < 400) {
    return new ModelFailure("model-failed", `the provider could not be understood. ${detail(last, context)}`);
  }
  const { code, advice } = adviceFor(status, context);
  return new ModelFailure(code, `HTTP ${status}: ${advice} ${detail(last, context)}`.trim());
}

function adviceFor(status: number, { keyNames }: FailureContext): { code: ModelFailureCode; advice: string } {
  if (status === 401 || status === 403) {
    const where = keyNames.length === 0 ? "" : ` Check ${keyNames.join(" or ")}.`;
    return { code: "model-key-rejected", advice: `the key was rejected.${where}` };
  }
  if (status === 404) return { code: "model-failed", advice: "the provider does not know this model." };
  if (status === 429)
    return { code: "model-failed", advice: "too many requests, or the quota is used up; try later." };
  if (status >= 500)
    return { code: "model-failed", advice: "the provider has a problem of its own; try later." };
  return { code: "model-failed", advice: "the provider refused the request." };
}

/** The provider's own words, short, redacted before they are cut so that no part of a key is left over. */
function detail(error: unknown, { redactor }: FailureContext): string {
  const text = redactor.text(errorText(error).slice(0, 10_000)).replaceAll(/\s+/g, " ");
  return text.length <= maximumDetail ? text : `${text.slice(0, maximumDetail)}…`;
}

import type { Json } from "#common/json.ts";
import type { RunSourceOptions } from "./run-source.ts";

/** Options of a run whose model gives these texts, one a request; after the last it says nothing. For tests. */
export function answeringModel(...texts: readonly string[]): RunSourceOptions {
  const left = [...texts];
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
  const answer = (): Json => ({ text: left.shift() ?? "", toolCalls: [], finishReason: "stop", usage });
  return { answers: { "model.generate": answer } };
}

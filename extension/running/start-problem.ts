import type { StartProblem } from "#runs/session/session.ts";
import { oneLine, withoutMarkup } from "../screen/plain-text.ts";

/** What a person can do about a run that was not started. */
export type Offer = "Run Once with Embedded Isolation" | "Show What Is Missing" | "Go to Line";

export interface ProblemMessage {
  readonly text: string;
  readonly offers: readonly Offer[];
}

/**
 * The message of a run that was not started. The weaker isolation is offered only when no engine can be had, and
 * never in a folder that is not trusted; nobody gets it without pressing its button.
 */
export function problemMessage(problem: StartProblem, trusted: boolean): ProblemMessage {
  const text = withoutMarkup(oneLine([problem.message, problem.remedy].filter(Boolean).join(" "), 600));
  if (problem.exitCode === 3) {
    const offers: Offer[] = ["Show What Is Missing"];
    return { text, offers: trusted ? ["Run Once with Embedded Isolation", ...offers] : offers };
  }
  return { text, offers: problem.file && problem.line ? ["Go to Line"] : [] };
}

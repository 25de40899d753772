import type { StartProblem } from "#runs/session/session.ts";
import { plainLabel } from "../screen/plain-label.ts";

/** What a person can do about a run that was not started. */
export type Offer =
  | "Run Once with Embedded Isolation"
  | "Show What Is Missing"
  | "Open Settings"
  | "Go to Line";

export interface ProblemMessage {
  readonly text: string;
  readonly offers: readonly Offer[];
}

/**
 * The message of a run that was not started. The weaker isolation is offered only when no container can be had, and
 * never in a folder that is not trusted; nobody gets it without pressing its button.
 */
export function problemMessage(problem: StartProblem, trusted: boolean): ProblemMessage {
  const text = problem.code === "engine-unreachable" ? noEngine : textOf(problem);
  return { text, offers: offersFor(problem, trusted) };
}

/** The engine's own words name options of the command line; what was tried is one button away. */
const noEngine =
  "No container engine answers, so nothing was run. Start Docker, or name the engine's address in the setting tactus.dockerHost.";

function textOf({ message, remedy }: StartProblem): string {
  return plainLabel([message, remedy].filter(Boolean).join(" "), 600);
}

function offersFor({ code, exitCode, file, line }: StartProblem, trusted: boolean): readonly Offer[] {
  if (code === "engine-unreachable") {
    return trusted ? ["Run Once with Embedded Isolation", "Show What Is Missing"] : ["Show What Is Missing"];
  }
  if (code === "node-missing") return ["Open Settings"];
  if (exitCode === 3) return ["Show What Is Missing"];
  return file && line ? ["Go to Line"] : [];
}

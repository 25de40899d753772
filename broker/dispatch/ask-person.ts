import { ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";
import type { HumanService } from "../services.ts";
import type { PastQuestions } from "./past-questions.ts";

export interface Questioner {
  readonly humans: HumanService;
  readonly emit: (event: RunEventBody) => void;
  /** Id of the question. */
  readonly request: string;
  /** The tool that waits for leave, where the host itself asks. */
  readonly hostTool?: string | undefined;
  readonly past: PastQuestions;
}

/**
 * Asks a person, and tells the run's readers of the question and of its answer. What was answered while nothing ran is
 * not asked again, and what was shown before is not told again.
 */
export async function askPerson(
  { humans, emit, request, hostTool, past }: Questioner,
  params: HumanAskParams,
  signal: AbortSignal,
): ReturnType<HumanService["ask"]> {
  const { given, askedAt } = past.take(request, params);
  if (given !== undefined) return ok({ value: given, by: "person" });
  if (askedAt === undefined) emit({ type: "human.requested", request, ...params });
  const result = await humans.ask(
    { ...params, id: request, ...(hostTool !== undefined && { hostTool }) },
    { signal, askedAt, warn: (message) => emit({ type: "log", level: "warn", message }) },
  );
  if (result.ok) emit({ type: "human.responded", request, kind: params.kind, ...result.value });
  return result;
}

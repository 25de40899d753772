import { ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";
import type { HumanService } from "../services.ts";
import type { RunPast } from "./run-past.ts";

export interface Questioner {
  readonly humans: HumanService;
  readonly emit: (event: RunEventBody) => void;
  /** Id of the question. */
  readonly request: string;
  /** The tool that waits for leave, where the host itself asks. */
  readonly hostTool?: string | undefined;
  /** Of a run that is resumed. */
  readonly past?: RunPast | undefined;
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
  const given = past?.responses.get(request);
  if (given !== undefined) return ok({ value: given, by: "person" });
  if (!past?.asked.has(request)) emit({ type: "human.requested", request, ...params });
  const askedAt = past?.asked.get(request);
  const result = await humans.ask(
    { ...params, id: request, ...(hostTool !== undefined && { hostTool }) },
    { signal, askedAt },
  );
  if (result.ok) emit({ type: "human.responded", request, kind: params.kind, ...result.value });
  return result;
}

import { randomUUID } from "node:crypto";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";
import type { HumanService } from "../services.ts";

export interface Questioner {
  readonly humans: HumanService;
  readonly emit: (event: RunEventBody) => void;
}

/** Asks a person, and tells the run's readers of the question and of its answer. */
export async function askPerson(
  { humans, emit }: Questioner,
  params: HumanAskParams,
  signal: AbortSignal,
): ReturnType<HumanService["ask"]> {
  const request = randomUUID().slice(0, 8);
  emit({ type: "human.requested", request, ...params });
  const result = await humans.ask({ ...params, id: request }, { signal });
  if (result.ok) emit({ type: "human.responded", request, kind: params.kind, ...result.value });
  return result;
}

import { fail, ok, type Result } from "#common/result.ts";
import { waitingCode } from "#protocol/wire/recorded.ts";
import type { RequestAnswer, RequestParams } from "#protocol/wire/requests.ts";
import type { Refusal, RunStatusService } from "../services.ts";

/** How the runs stand when enough of them have ended; else the refusal that lets the asking run wait. */
export async function awaitRuns(
  service: RunStatusService | undefined,
  { runs, mode }: RequestParams<"runs.await">,
): Promise<Result<RequestAnswer<"runs.await">, Refusal>> {
  if (!service) {
    return fail({ code: "host-failed", message: "No external child wait resolver is configured here." });
  }
  const children = [];
  for (const id of runs) {
    const found = await service.status(id);
    if (!found) return fail({ code: "run-missing", message: `There is no run '${id}' in this workspace.` });
    children.push({ id, ...found });
  }
  const open = children.filter(({ terminal }) => !terminal);
  const isComplete = mode === "all" ? open.length === 0 : open.length < children.length;
  if (isComplete) return ok({ children });
  const names = open.map(({ id, status }) => `${id} (${status})`).join(", ");
  return fail({ code: waitingCode, message: `Waits for other runs: ${names}.` });
}

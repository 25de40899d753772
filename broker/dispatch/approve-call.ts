import { fail, ok, type Result } from "#common/result.ts";
import type { HumanAskParams, RequestParams } from "#protocol/wire/requests.ts";
import type { ApprovalQuestion, HumanService, Refusal } from "../services.ts";
import { askPerson, type Questioner } from "./ask-person.ts";

/** Seconds that a person has to allow a call; the run waits meanwhile. */
const approvalSeconds = 300;

/**
 * Asks a person whether a call on the host may happen. What nobody answers is not allowed: the run neither waits for
 * it nor is put aside.
 */
export async function approveCall(
  questioner: Questioner,
  { by, at }: RequestParams<"host.call">,
  { tool, call }: ApprovalQuestion,
  signal: AbortSignal,
): Promise<Result<boolean, Refusal>> {
  const question: HumanAskParams = {
    kind: "approval",
    message: `Allow the host tool '${tool}' to be called?`,
    details: { tool, by, call },
    default: false,
    timeoutSeconds: approvalSeconds,
    ...(at && { at }),
  };
  const answer = await askPerson(
    { ...questioner, hostTool: tool, humans: answering(questioner.humans) },
    question,
    signal,
  );
  if (!answer.ok) return answer;
  if (answer.value.by === "person") return ok(answer.value.value === true);
  const message = `Host tool '${tool}' is called only when a person allows it, and nobody did.`;
  return fail({ code: "tool-denied", message });
}

/** A question that can't be shown, or is put aside, is answered with no: the journal then has its answer. */
function answering(humans: HumanService): HumanService {
  return {
    async ask(question, context) {
      const answer = await humans.ask(question, context);
      return answer.ok || answer.error.code === "cancelled" ? answer : ok({ value: false, by: "default" });
    },
  };
}

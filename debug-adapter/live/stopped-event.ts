import type { DebugProtocol } from "@vscode/debugprotocol";
import type { StoppedNotice } from "#protocol/debugging/notices.ts";

type Stopped = DebugProtocol.StoppedEvent["body"];

const reasons: Readonly<Record<StoppedNotice["reason"], Stopped["reason"]>> = {
  entry: "entry",
  breakpoint: "breakpoint",
  name: "function breakpoint",
  checkpoint: "breakpoint",
  state: "data breakpoint",
  exception: "exception",
  step: "step",
  "run-to": "goto",
  pause: "pause",
};

/** Why a run stopped, as the client is told. */
export function stoppedEvent(stop: StoppedNotice): Stopped {
  const description = descriptionOf(stop);
  const text = stop.failure?.message ?? stop.text;
  return {
    reason: reasons[stop.reason],
    threadId: stop.thread,
    allThreadsStopped: true,
    ...(description !== undefined && { description }),
    ...(text !== undefined && { text }),
    ...(stop.breakpoints.length > 0 && { hitBreakpointIds: stop.breakpoints }),
  };
}

/** What the reason alone does not say. */
function descriptionOf({ tool, checkpoint, state, failure }: StoppedNotice): string | undefined {
  if (failure) return `Paused on ${failureWords[failure.filter]}`;
  if (tool) return `Paused before the call of ${tool.tool}`;
  if (checkpoint)
    return `Paused before checkpoint ${checkpoint.index}: ${checkpoint.name ?? checkpoint.kind}`;
  return state && `Paused after state.${state.key} was set`;
}

const failureWords: Readonly<Record<NonNullable<StoppedNotice["failure"]>["filter"], string>> = {
  all: "an error",
  uncaught: "an error that nothing catches",
  tool: "the error of a tool",
  model: "the error of a model",
  output: "an output that does not fit its schema",
  human: "the refusal of a person",
};

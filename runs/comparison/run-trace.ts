import type { Json, JsonObject } from "#common/json.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import type { RunFigures, TraceStep } from "#protocol/reports/comparison-report.ts";

/** What a run did, step by step in the order in which it began each, and what it came to. */
export interface RunTrace {
  readonly figures: RunFigures;
  readonly steps: readonly TraceStep[];
}

/** Reads the trace out of a journal; undefined when its beginning is missing. */
export function traceOf(events: readonly RunEvent[]): RunTrace | undefined {
  const [started] = events;
  if (started?.type !== "run.started") return undefined;
  const ends = endsOf(events);
  const steps = events.flatMap((event) => stepOf(event, ends) ?? []);
  return { figures: figuresOf(started, events, steps), steps };
}

/** What came of what was begun, by its number. */
interface Ends {
  readonly turns: ReadonlyMap<number, RunEventOf<"turn.finished">>;
  readonly calls: ReadonlyMap<number, RunEventOf<"tool.returned">>;
  readonly questions: ReadonlyMap<string, RunEventOf<"human.responded">>;
  readonly requests: ReadonlyMap<number, RunEventOf<"request.answered">>;
}

function endsOf(events: readonly RunEvent[]): Ends {
  const [turns, calls, questions, requests] = [new Map(), new Map(), new Map(), new Map()];
  for (const event of events) {
    if (event.type === "turn.finished") turns.set(event.turn, event);
    if (event.type === "tool.returned") calls.set(event.call, event);
    if (event.type === "human.responded") questions.set(event.request, event);
    if (event.type === "request.answered") requests.set(event.request, event);
  }
  return { turns, calls, questions, requests };
}

function stepOf(event: RunEvent, ends: Ends): TraceStep | undefined {
  switch (event.type) {
    case "turn.started":
      return turnStep(event, ends.turns.get(event.turn));
    case "tool.called":
      return toolStep(event, ends.calls.get(event.call));
    case "tool.denied":
      return { kind: "denied", name: event.tool, given: { zone: event.zone }, outcome: event.reason };
    case "human.requested":
      return questionStep(event, ends.questions.get(event.request));
    case "request.made":
      return event.method.startsWith("file.") ? fileStep(event, ends.requests.get(event.request)) : undefined;
    case "stage":
      return { kind: "stage", name: event.name, given: null };
    case "limit.hit":
      return { kind: "limit", name: event.limit, given: event.value };
    default:
      return undefined;
  }
}

function turnStep(
  { agent, model, tools, at }: RunEventOf<"turn.started">,
  finished: RunEventOf<"turn.finished"> | undefined,
): TraceStep {
  return {
    kind: "turn",
    name: agent,
    given: { model, tools },
    ...(finished && { outcome: outcomeOf(finished, finished.output) }),
    ...(finished && { tokens: finished.usage.totalTokens }),
    ...(finished?.cost !== undefined && { cost: finished.cost }),
    ...(at && { at }),
  };
}

function toolStep(
  { tool, zone, by, arguments: given, at }: RunEventOf<"tool.called">,
  returned: RunEventOf<"tool.returned"> | undefined,
): TraceStep {
  return {
    kind: "tool",
    name: tool,
    given: { arguments: given, zone, by },
    ...(returned && { outcome: outcomeOf(returned, returned.result) }),
    ...(at && { at }),
  };
}

function questionStep(
  { kind, message, options, at }: RunEventOf<"human.requested">,
  responded: RunEventOf<"human.responded"> | undefined,
): TraceStep {
  return {
    kind: "human",
    name: kind,
    given: { message, ...(options && { options }) },
    ...(responded && { outcome: { value: responded.value, by: responded.by } }),
    ...(at && { at }),
  };
}

/** The name of what was asked for without what the wire needs of it: pieces of a file are one thing. */
function fileStep(
  { method, name, digest, at }: RunEventOf<"request.made">,
  answered: RunEventOf<"request.answered"> | undefined,
): TraceStep {
  return {
    kind: "file",
    name: name ?? "",
    given: { act: method.replace(/^file\.|Bytes$/g, ""), digest },
    ...(answered && { outcome: outcomeOf(answered, answered.value) }),
    ...(at && { at }),
  };
}

function outcomeOf(
  { error }: { readonly error?: { readonly code: string; readonly message: string } | undefined },
  value: Json | undefined,
): JsonObject {
  return error ? { error: { code: error.code, message: error.message } } : { value: value ?? null };
}

function figuresOf(
  { run, file, revision, input }: RunEventOf<"run.started">,
  events: readonly RunEvent[],
  steps: readonly TraceStep[],
): RunFigures {
  const count = (kind: TraceStep["kind"]): number => steps.filter((step) => step.kind === kind).length;
  const finished = events.findLast((event) => event.type === "run.finished");
  const { result, error, usage, cost } = finished ?? {};
  return {
    run,
    file,
    ...(revision !== undefined && { revision }),
    input,
    status: finished?.status ?? "unfinished",
    ...(result !== undefined && { result }),
    ...(error && { error: { code: error.code, message: error.message } }),
    turns: count("turn"),
    toolCalls: count("tool"),
    denied: count("denied"),
    tokens: usage?.totalTokens ?? 0,
    cost: cost ?? 0,
  };
}

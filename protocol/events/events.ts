import * as z from "zod";
import { jsonValue } from "#protocol/json-value.ts";

/**
 * The events of a run: what `run --json` prints, what the journal stores, what every view reads. The contract is
 * stable: fields and types are added, never changed. Readers ignore what they do not know.
 *
 * Schemas are the single source; types are inferred from them.
 */

/** Where in the `.tac` source something happened; the line counts from 1. */
const at = z.object({ file: z.string(), line: z.int().positive() });

const usage = z.object({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  totalTokens: z.int().nonnegative(),
});

const toolZone: z.ZodEnum<{ lua: "lua"; mcp: "mcp"; plugin: "plugin"; host: "host" }> = z.enum([
  "lua",
  "mcp",
  "plugin",
  "host",
]);

/** Times that the run read since the entry before: milliseconds since the time before; `-n` repeats it n times. */
const clock = z.array(z.int());

const runFailure = z.object({
  /** Kebab-case, listed in docs/errors.md. */
  code: z.string(),
  message: z.string(),
  file: z.string().optional(),
  line: z.int().positive().optional(),
  stack: z.string().optional(),
});

const caseStatus: z.ZodEnum<{
  passed: "passed";
  failed: "failed";
  skipped: "skipped";
  undefined: "undefined";
}> = z.enum(["passed", "failed", "skipped", "undefined"]);

/** A step of a scenario; the line is that of the `.tac` source. */
const caseStep = z.object({
  text: z.string(),
  line: z.int().positive(),
  status: caseStatus,
  message: z.string().optional(),
});

/** What an evaluator found. */
const caseCheck = z.object({
  evaluator: z.string(),
  passed: z.boolean(),
  message: z.string().optional(),
  /** Of a judge, 0 to 1. */
  score: z.number().optional(),
});
/** What a run that ended for now waits for. */
export const waiting: z.ZodObject<{
  for: z.ZodEnum<{ human: "human"; time: "time"; children: "children" }>;
  message: z.ZodString;
  request: z.ZodOptional<z.ZodString>;
  until: z.ZodOptional<z.ZodString>;
}> = z.object({
  for: z.enum(["human", "time", "children"]),
  message: z.string(),
  /** The question, as `runs respond` takes it. */
  request: z.string().optional(),
  /** ISO 8601. */
  until: z.string().optional(),
});
export type Waiting = z.infer<typeof waiting>;

/** What happens inside the sandbox: the only events that a sandboxed process may send. */
const sandboxedEventSchemas = [
  z.object({
    type: z.literal("log"),
    level: z.enum(["debug", "info", "warn", "error"]),
    message: z.string(),
    data: jsonValue.optional(),
    at: at.optional(),
  }),
  z.object({ type: z.literal("output"), stream: z.enum(["stdout", "stderr"]), text: z.string() }),
  z.object({
    type: z.literal("turn.started"),
    turn: z.int().positive(),
    agent: z.string(),
    model: z.string(),
    tools: z.array(z.string()),
    at: at.optional(),
  }),
  z.object({
    type: z.literal("turn.finished"),
    turn: z.int().positive(),
    agent: z.string(),
    model: z.string(),
    tools: z.array(z.string()),
    output: jsonValue.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
    usage,
    cost: z.number().nonnegative().optional(),
    durationMs: z.number().nonnegative(),
  }),
  z.object({
    type: z.literal("tool.called"),
    call: z.int().positive(),
    tool: z.string(),
    zone: toolZone,
    arguments: jsonValue,
    by: z.enum(["agent", "procedure"]),
    turn: z.int().positive().optional(),
    at: at.optional(),
  }),
  z.object({
    type: z.literal("tool.returned"),
    call: z.int().positive(),
    tool: z.string(),
    zone: toolZone,
    arguments: jsonValue,
    by: z.enum(["agent", "procedure"]),
    turn: z.int().positive().optional(),
    at: at.optional(),
    result: jsonValue.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
    durationMs: z.number().nonnegative(),
  }),
  z.object({
    type: z.literal("checkpoint"),
    index: z.int().positive(),
    kind: z.string(),
    name: z.string().optional(),
    replayed: z.boolean(),
    value: jsonValue.optional(),
    durationMs: z.number().nonnegative(),
    at: at.optional(),
    /** The value as JSON text, where `value` alone would lose what it was (`2.0`, integers beyond 2^53). */
    text: z.string().optional(),
    clock: clock.optional(),
  }),
  /** The procedure dropped this checkpoint and all later ones: a resumed run makes them anew. */
  z.object({ type: z.literal("checkpoint.cleared"), from: z.int().positive() }),
  /** The run asks its host for something; numbered from 1 over all parts of the run. */
  z.object({
    type: z.literal("request.made"),
    request: z.int().positive(),
    method: z.string(),
    name: z.string().optional(),
    /** Hash of the parameters. */
    digest: z.string(),
    at: at.optional(),
    clock: clock.optional(),
  }),
  /** What came of it; a resumed run takes it from here. Written before the run sees it. */
  z.object({
    type: z.literal("request.answered"),
    request: z.int().positive(),
    value: jsonValue.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
  z.object({ type: z.literal("state"), key: z.string(), value: jsonValue }),
  z.object({ type: z.literal("stage"), name: z.string() }),
  z.object({ type: z.literal("case.started"), case: z.int().positive(), name: z.string() }),
  z.object({
    type: z.literal("case.finished"),
    case: z.int().positive(),
    name: z.string(),
    status: caseStatus,
    steps: z.array(caseStep).optional(),
    checks: z.array(caseCheck).optional(),
    output: jsonValue.optional(),
    error: runFailure.optional(),
    durationMs: z.number().nonnegative(),
    iterations: z.int().nonnegative(),
    usage,
    cost: z.number().nonnegative().optional(),
  }),
  /** What was refused inside: only there are the servers and plugins that live in the sandbox. */
  z.object({
    type: z.literal("tool.denied"),
    tool: z.string(),
    zone: z.enum(["mcp", "plugin"]),
    reason: z.string(),
  }),
  z.object({
    type: z.literal("limit.hit"),
    limit: z.enum([
      "time",
      "memory",
      "instructions",
      "output",
      "disk",
      "processes",
      "cost",
      "tokens",
      "turns",
      "tool-calls",
    ]),
    value: z.number(),
  }),
] as const;

/** Values of `state` that the person put in the place of those behind a checkpoint, in a run that was forked. */
const stateEdit = z.object({ checkpoint: z.int().positive(), state: z.record(z.string(), jsonValue) });
export type StateEdit = z.infer<typeof stateEdit>;

/** What only the host may say: the start, the end, what the broker did or refused, what people answered. */
const hostEventSchemas = [
  z.object({
    type: z.literal("run.started"),
    run: z.string(),
    file: z.string(),
    procedure: z.string(),
    input: jsonValue,
    isolation: z.enum(["docker", "embedded"]),
    manifest: z.string(),
    ungranted: z.array(z.object({ capability: z.string(), target: z.string() })),
    resumed: z.boolean(),
    workspace: z.enum(["mount", "copy", "none"]).optional(),
    /** A trial run: names what its files were read from in place of the folder, a commit for instance. */
    revision: z.string().optional(),
    /** What a resumed run needs to begin as this one did. */
    origin: z
      .object({
        seed: z.int(),
        /** Milliseconds since 1970. */
        time: z.int(),
        procedure: z.string().optional(),
        input: z.record(z.string(), jsonValue),
        textInput: z.record(z.string(), z.string()),
        mock: z.boolean(),
        timeoutSeconds: z.number().positive().optional(),
      })
      .optional(),
    forkedFrom: z
      .object({
        run: z.string(),
        /** The last checkpoint that both have. */
        checkpoint: z.int().positive(),
        edits: z.array(stateEdit),
      })
      .optional(),
  }),
  /** The run got a sandbox that was started before the run was known: its id, and what its label says in place of the run. */
  z.object({ type: z.literal("sandbox.assigned"), sandbox: z.string(), label: z.string() }),
  z.object({ type: z.literal("turn.delta"), turn: z.int().positive(), text: z.string() }),
  /** After each request to a model: what the run has spent on models so far, counted by the host. */
  z.object({
    type: z.literal("spending"),
    turns: z.int().nonnegative(),
    usage,
    cost: z.number().nonnegative().optional(),
  }),
  z.object({ type: z.literal("tool.denied"), tool: z.string(), zone: toolZone, reason: z.string() }),
  z.object({
    type: z.literal("human.requested"),
    request: z.string(),
    kind: z.string(),
    message: z.string(),
    /** Everything else that the procedure gave: context, artifact, items, schema …. */
    details: z.record(z.string(), jsonValue).optional(),
    options: z.array(jsonValue).optional(),
    default: jsonValue.optional(),
    timeoutSeconds: z.number().optional(),
    at: at.optional(),
  }),
  z.object({
    type: z.literal("human.responded"),
    request: z.string(),
    kind: z.string().optional(),
    value: jsonValue,
    by: z.string(),
  }),
  z.object({
    type: z.literal("workspace.changed"),
    changes: z.array(
      z.object({
        path: z.string(),
        kind: z.enum(["created", "modified", "deleted"]),
        bytes: z.int().nonnegative(),
      }),
    ),
  }),
  z.object({
    type: z.literal("run.finished"),
    status: z.enum(["completed", "failed", "cancelled", "timed_out", "waiting"]),
    result: jsonValue.optional(),
    error: runFailure.optional(),
    /** What a run with the status `waiting` waits for. */
    waiting: waiting.optional(),
    durationMs: z.number().nonnegative(),
    usage,
    cost: z.number().nonnegative().optional(),
  }),
] as const;

/** Validates an event that arrives from a sandboxed process. */
export const sandboxedEvent: z.ZodDiscriminatedUnion<typeof sandboxedEventSchemas, "type"> =
  z.discriminatedUnion("type", sandboxedEventSchemas);

const hostEvent = z.discriminatedUnion("type", hostEventSchemas);

/** Validates an event of a journal that may have come from outside. */
export const runEventBody: z.ZodUnion<readonly [typeof sandboxedEvent, typeof hostEvent]> = z.union([
  sandboxedEvent,
  hostEvent,
]);

export type SandboxedEvent = z.infer<typeof sandboxedEvent>;
type HostEvent = z.infer<typeof hostEvent>;
export type RunEventBody = SandboxedEvent | HostEvent;

/** An event as it stands in the journal: numbered from 1 without gaps, with the time in ISO 8601, UTC. */
export type RunEvent = { readonly seq: number; readonly time: string } & RunEventBody;

/** One event by its type: `RunEventOf<"tool.called">`. */
export type RunEventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;

export type RunFailure = z.infer<typeof runFailure>;
export type RunStatus = RunEventOf<"run.finished">["status"];
export type CaseStatus = z.infer<typeof caseStatus>;
export type CaseStep = z.infer<typeof caseStep>;
export type CaseCheck = z.infer<typeof caseCheck>;
export type ToolZone = z.infer<typeof toolZone>;
export type At = z.infer<typeof at>;

export { addUsage, noUsage, type Usage } from "./usage.ts";

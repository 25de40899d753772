import * as z from "zod";
import type { Json } from "#common/json.ts";
import { sandboxedEvent } from "#protocol/events/events.ts";
import { maximumFrameBytes, maximumFrameDepth, wireVersion } from "./limits.ts";

/**
 * The messages between the host (broker) and the sandboxed runtime, one JSON object a line over the attached stdio.
 * The sandbox is the untrusted side: everything that comes from it is validated here before anybody reads it.
 *
 * Order of a run: host sends `start`; sandbox answers `hello` (same nonce); then `event`s and `request`s from the
 * sandbox, `answer`s and at most one `cancel` from the host; the sandbox ends with `finished`.
 */

export { maximumFrameBytes, maximumFrameDepth, wireVersion };

const json: z.ZodType<Json> = z.json();

const limits = z.object({
  /** Wall-clock seconds of the whole run. */
  timeSeconds: z.number().positive(),
  /** Bytes the Lua allocator may hold. */
  luaMemoryBytes: z.int().positive(),
  /** Lua instructions of the whole run (counted in steps of some thousands). */
  instructions: z.int().positive(),
  /** Bytes of all events, logs and output that the run may produce. */
  outputBytes: z.int().positive(),
});
export type RunLimits = z.infer<typeof limits>;

/** host → sandbox */
const hostMessageSchemas = [
  z.object({
    kind: z.literal("start"),
    version: z.literal(wireVersion),
    /** Random; the sandbox repeats it in `hello`, so that stray output can't pass for the runtime. */
    nonce: z.string().min(16),
    run: z.string(),
    /** Path of the procedure, relative to the workspace root, with forward slashes. */
    file: z.string(),
    source: z.string(),
    /** Modules known before the start (`require` name → path and text). Others are asked for with `module.read`. */
    modules: z.record(z.string(), z.object({ file: z.string(), source: z.string() })),
    /** Typed input values (from JSON, a form, a debug session). */
    input: z.record(z.string(), json),
    /** Input given as text (`--input key=value`), coerced by the declared type. */
    textInput: z.record(z.string(), z.string()),
    /** Settings from the layered config that reach the language. */
    settings: z.object({
      defaultProvider: z.string().optional(),
      defaultModel: z.string().optional(),
    }),
    limits,
    /** With `true`, agents and models without a declared mock answer with a canned text; nothing is sent out. */
    mock: z.boolean(),
    /** Seed of `math.random` and start of the clock (milliseconds since 1970), so that a replay sees the same. */
    seed: z.int(),
    startTime: z.number(),
  }),
  z.object({ kind: z.literal("answer"), id: z.int(), value: json }),
  z.object({
    kind: z.literal("refusal"),
    id: z.int(),
    /** Kebab-case code and a text without any host detail. */
    code: z.string(),
    message: z.string(),
  }),
  z.object({ kind: z.literal("cancel") }),
] as const;
export const hostMessage: z.ZodDiscriminatedUnion<typeof hostMessageSchemas, "kind"> = z.discriminatedUnion(
  "kind",
  hostMessageSchemas,
);
export type HostMessage = z.infer<typeof hostMessage>;
export type StartMessage = Extract<HostMessage, { kind: "start" }>;

/** sandbox → host */
const sandboxMessageSchemas = [
  z.object({
    kind: z.literal("hello"),
    version: z.literal(wireVersion),
    nonce: z.string(),
    /** What the process sees of itself; the host compares it with what it demanded. */
    facts: z.object({ node: z.string(), uid: z.int().optional(), pid: z.int() }),
  }),
  z.object({ kind: z.literal("event"), event: sandboxedEvent }),
  z.object({ kind: z.literal("request"), id: z.int(), method: z.string(), params: json }),
  z.object({
    kind: z.literal("finished"),
    status: z.enum(["completed", "failed", "cancelled", "timed_out"]),
    result: json.optional(),
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        file: z.string().optional(),
        line: z.int().positive().optional(),
        stack: z.string().optional(),
      })
      .optional(),
    usage: z.object({
      inputTokens: z.int().nonnegative(),
      outputTokens: z.int().nonnegative(),
      totalTokens: z.int().nonnegative(),
    }),
    cost: z.number().nonnegative().optional(),
  }),
] as const;
export const sandboxMessage: z.ZodDiscriminatedUnion<typeof sandboxMessageSchemas, "kind"> =
  z.discriminatedUnion("kind", sandboxMessageSchemas);
export type SandboxMessage = z.infer<typeof sandboxMessage>;
export type FinishedMessage = Extract<SandboxMessage, { kind: "finished" }>;

import * as z from "zod";
import type { Json } from "#common/json.ts";
import { sandboxedEvent, waiting } from "#protocol/events/events.ts";
import { jsonValue } from "#protocol/json-value.ts";
import type { DebugCommandName, DebugParams } from "../debugging/commands.ts";
import type { CaseWork } from "./cases.ts";
import { maximumFrameBytes, maximumFrameDepth, wireVersion } from "./limits.ts";
import type { PlacedMcpServer } from "./mcp.ts";
import type { PluginStart } from "./plugins.ts";
import type { RecordedStart } from "./recorded.ts";

/**
 * The messages between the host (broker) and the sandboxed runtime, one JSON object a line over the attached stdio.
 * The sandbox is the untrusted side: everything that comes from it is validated here before anybody reads it.
 *
 * Order of a run: host sends `start`; sandbox answers `hello` (same nonce); then `event`s and `request`s from the
 * sandbox, `answer`s and at most one `cancel` from the host; the sandbox ends with `finished`.
 */

export { maximumFrameBytes, maximumFrameDepth, wireVersion };

/** What a run may use, kept inside the sandbox; the host watches the same from outside. */
export interface RunLimits {
  /** Wall-clock seconds of the whole run. */
  readonly timeSeconds: number;
  /** Bytes the Lua allocator may hold. */
  readonly luaMemoryBytes: number;
  /** Lua instructions of the whole run (counted in steps of some thousands). */
  readonly instructions: number;
  /** Bytes of all events, logs and output that the run may produce. */
  readonly outputBytes: number;
}

/** A file that the file `from` runs (`Procedure.run`) or includes (`IncludeTasks`) by this name. */
export interface KnownProgram {
  readonly from: string;
  readonly name: string;
  readonly file: string;
  readonly source: string;
  readonly modules: StartMessage["modules"];
}

/** Everything that the sandbox gets to know of a run. */
export interface StartMessage {
  readonly kind: "start";
  readonly version: typeof wireVersion;
  /** Random; the sandbox repeats it in `hello`, so that stray output can't pass for the runtime. */
  readonly nonce: string;
  readonly run: string;
  /** Path of the procedure, relative to the workspace root, with forward slashes. */
  readonly file: string;
  readonly source: string;
  /** The procedure to run; absent: the file's entry point. */
  readonly procedure?: string;
  /** Modules known before the start (`require` name → path and text). Others are asked for with `module.read`. */
  readonly modules: Readonly<Record<string, { readonly file: string; readonly source: string }>>;
  /** Other files that this one runs or includes, as far as their names can be read off the text. */
  readonly programs: readonly KnownProgram[];
  /** Typed input values (from JSON, a form, a debug session). */
  readonly input: Readonly<Record<string, Json>>;
  /** Input given as text (`--input key=value`), coerced by the declared type. */
  readonly textInput: Readonly<Record<string, string>>;
  /** Settings from the layered config that reach the language. */
  readonly settings: {
    readonly defaultProvider?: string;
    readonly defaultModel?: string;
    /** Toolsets of agents that name no tools. */
    readonly defaultToolsets?: readonly string[];
  };
  readonly plugins?: PluginStart;
  /** The MCP servers that the procedure may use, by name; absent: none. */
  readonly mcpServers?: Readonly<Record<string, PlacedMcpServer>>;
  readonly limits: RunLimits;
  /** With `true`, agents and models without a declared mock answer with a canned text; nothing is sent out. */
  readonly mock: boolean;
  /** Seed of `math.random` and start of the clock (milliseconds since 1970), so that a replay sees the same. */
  readonly seed: number;
  readonly startTime: number;
  /** Cases of the file's tests are run, each in a fresh VM, in place of one run of the file. */
  readonly work?: CaseWork;
  /** Present when the run has a past in its journal. */
  readonly recorded?: RecordedStart;
  /** True when files live in memory only and are written anew by each part of the run. */
  readonly filesInMemory?: boolean;
  /** True when a debugger is there: the run waits for its `begin`, and looks for its commands from then on. */
  readonly debug?: boolean;
}

/** host → sandbox. The host is the trusted side: these are types only, the sandbox validates nothing of them. */
export type HostMessage =
  | StartMessage
  | { readonly kind: "answer"; readonly id: number; readonly value: Json }
  /** `code` is kebab-case, the message holds no host detail. */
  | { readonly kind: "refusal"; readonly id: number; readonly code: string; readonly message: string }
  | { readonly kind: "cancel" }
  | DebugMessage;

/** A command of the debugger; the host sends none whose parameters its schema does not accept. */
export type DebugMessage = {
  readonly [Name in DebugCommandName]: {
    readonly kind: "debug";
    /** Comes back with the answer. */
    readonly id: number;
    readonly command: Name;
    readonly params: DebugParams<Name>;
  };
}[DebugCommandName];

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
  z.object({
    kind: z.literal("request"),
    id: z.int(),
    /** Its number in the journal; absent for what is not recorded. */
    number: z.int().positive().optional(),
    method: z.string(),
    params: jsonValue,
  }),
  z.object({
    kind: z.literal("finished"),
    status: z.enum(["completed", "failed", "cancelled", "timed_out", "waiting"]),
    result: jsonValue.optional(),
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        file: z.string().optional(),
        line: z.int().positive().optional(),
        stack: z.string().optional(),
      })
      .optional(),
    waiting: waiting.optional(),
    usage: z.object({
      inputTokens: z.int().nonnegative(),
      outputTokens: z.int().nonnegative(),
      totalTokens: z.int().nonnegative(),
    }),
    cost: z.number().nonnegative().optional(),
  }),
  /** An answer or a notice of a debugged run; whoever debugs it checks what is in it. */
  z.object({ kind: z.literal("debug"), message: jsonValue }),
] as const;
export const sandboxMessage: z.ZodDiscriminatedUnion<typeof sandboxMessageSchemas, "kind"> =
  z.discriminatedUnion("kind", sandboxMessageSchemas);
export type SandboxMessage = z.infer<typeof sandboxMessage>;
export type FinishedMessage = Extract<SandboxMessage, { kind: "finished" }>;

import type { Json, JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import type {
  GenerateAnswer,
  GenerateParams,
  RequestAnswer,
  RequestParams,
} from "#protocol/wire/requests.ts";
import type { ModelPrice } from "./models/prices.ts";

/**
 * What the broker can do for a sandboxed run. Each service is given to it at the start of a run; one that is absent
 * denies. A refusal goes back into the sandbox, so its message holds no host path, no key, no provider internals
 * beyond what a person needs to fix the problem.
 */
export interface BrokerServices {
  readonly models: ModelService;
  readonly hostTools: HostToolService;
  readonly mcp: McpService;
  readonly humans: HumanService;
  readonly workspace: WorkspaceService;
  /** How other runs of the workspace stand; without it nothing can wait for them. */
  readonly runs?: RunStatusService;
  /** Only where cases of a file's tests are run. */
  readonly cases?: CaseService;
  /** Only where the run is debugged. */
  readonly debugger?: DebugService;
}

/** Whoever debugs a run, as the channel to its sandbox sees it. */
export interface DebugService {
  /** The sandbox is there. `send` gives false for what is larger than one message may be. */
  connect(send: (message: DebugMessage) => boolean): void;
  /** Takes what the sandbox said; false when that is none of the protocol. */
  receive(message: Json): boolean;
  /** The sandbox is gone. */
  close(): void;
  /** Tells, now and whenever it changes, whether the run stands in the debugger: then its time does. */
  onStanding(listener: (standing: boolean) => void): () => void;
}

/** Tells how a run stands. */
export interface RunStatusService {
  /** Undefined: there is no such run. `terminal`: nothing more will come of it. */
  status(run: string): Promise<{ readonly status: string; readonly terminal: boolean } | undefined>;
}

/** Makes cases of what a file declares for its tests, and hands them out. */
export interface CaseService {
  declare(declared: RequestParams<"cases.declare">): Promise<Result<RequestAnswer<"cases.declare">, Refusal>>;
  next(): Promise<Result<RequestAnswer<"cases.next">, Refusal>>;
}

export interface Refusal {
  /** Kebab-case; listed in docs/errors.md. */
  readonly code: string;
  readonly message: string;
}

/** What a service gets with a request that reaches others. */
interface EffectContext {
  readonly signal: AbortSignal;
  /**
   * The same when the request is made once more because the run was ended before its answer was written down. Given on
   * to whoever can use it: header `Idempotency-Key`, variable `TACTUS_IDEMPOTENCY_KEY` of commands.
   */
  readonly idempotencyKey?: string | undefined;
}

export interface ModelService {
  /** One request to a model. `onDelta` gets streamed text as it arrives. */
  generate(
    params: GenerateParams,
    context: EffectContext & { readonly onDelta: (text: string) => void },
  ): Promise<Result<GenerateAnswer, Refusal>>;
  /** What a model costs; undefined (or no such method) = nobody knows. */
  priceOf?(provider: string, model: string): ModelPrice | undefined;
}

export interface HostToolService {
  /** What an allowed host tool does and takes; anything else is refused with code `tool-denied`. */
  describe(
    tool: string,
    context: { readonly signal: AbortSignal },
  ): Promise<Result<RequestAnswer<"host.describe">, Refusal>>;
  /** Runs an allowed host tool; anything else is refused with code `tool-denied`. */
  call(tool: string, parameters: JsonObject, context: HostCallContext): Promise<Result<Json, Refusal>>;
}

export interface HostCallContext extends EffectContext {
  /** Asks a person whether a call may happen; refused where nobody answers. */
  readonly approve: (question: ApprovalQuestion) => Promise<Result<boolean, Refusal>>;
}

export interface ApprovalQuestion {
  readonly tool: string;
  /** Exactly what will happen. */
  readonly call: JsonObject;
}

/** The MCP servers that are held on the host; any other, and any tool that config does not allow, is refused. */
export interface McpService {
  list(
    params: RequestParams<"mcp.list">,
    context: McpRequestContext,
  ): Promise<Result<RequestAnswer<"mcp.list">, Refusal>>;
  call(
    params: RequestParams<"mcp.call">,
    context: McpRequestContext,
  ): Promise<Result<RequestAnswer<"mcp.call">, Refusal>>;
}

interface McpRequestContext {
  readonly signal: AbortSignal;
  /** Takes what happened beside the answer, for the journal. */
  readonly warn: (message: string) => void;
}

/** Asks a person. It has no UI: a front end (terminal, editor) answers through it. */
export interface HumanService {
  ask(
    request: HumanQuestion,
    context: {
      readonly signal: AbortSignal;
      /** When it was asked first, in milliseconds since 1970; absent: now. */
      readonly askedAt?: number | undefined;
      /** Takes what went wrong, for the journal; the sandbox is not told of it. */
      readonly warn?: (message: string) => void;
    },
  ): Promise<Result<{ readonly value: Json; readonly by: string }, Refusal>>;
}

/** The files of a run, whichever way the workspace is given (mount, copy, none). One path policy for all. */
export interface WorkspaceService {
  read(params: RequestParams<"file.read">): Promise<Result<RequestAnswer<"file.read">, Refusal>>;
  write(params: RequestParams<"file.write">): Promise<Result<RequestAnswer<"file.write">, Refusal>>;
  readBytes(
    params: RequestParams<"file.readBytes">,
  ): Promise<Result<RequestAnswer<"file.readBytes">, Refusal>>;
  writeBytes(
    params: RequestParams<"file.writeBytes">,
  ): Promise<Result<RequestAnswer<"file.writeBytes">, Refusal>>;
  status(params: RequestParams<"file.status">): Promise<Result<RequestAnswer<"file.status">, Refusal>>;
  list(params: RequestParams<"file.list">): Promise<Result<RequestAnswer<"file.list">, Refusal>>;
  module(params: RequestParams<"module.read">): Promise<Result<RequestAnswer<"module.read">, Refusal>>;
  program(params: RequestParams<"program.read">): Promise<Result<RequestAnswer<"program.read">, Refusal>>;
}

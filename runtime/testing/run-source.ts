import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import type { CaseWork } from "#protocol/wire/cases.ts";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { RequestAnswer, RequestMethod, RequestParams } from "#protocol/wire/requests.ts";
import { runCases } from "../cases/run-cases.ts";
import type { DebugChannel } from "../debugging/debug-channel.ts";
import { RunDebugging } from "../debugging/run-debugging.ts";
import { type Interruption, RequestRefused, type RunPorts } from "../ports.ts";
import { type ProgramOptions, runProgram } from "../program/run-program.ts";
import { convertInThread } from "./convert-in-thread.ts";

const createEngine = await createWasmEngineFactory();

type Answer = (params: JsonObject) => Json;

export interface RunSourceOptions {
  /** The name of the source; default: main.tac. */
  readonly file?: string;
  readonly input?: Record<string, Json>;
  readonly textInput?: Record<string, string>;
  readonly modules?: StartMessage["modules"];
  readonly programs?: StartMessage["programs"];
  /** The procedure or task that is asked for. */
  readonly procedure?: string;
  readonly settings?: StartMessage["settings"];
  readonly mcpServers?: StartMessage["mcpServers"];
  readonly plugins?: StartMessage["plugins"];
  readonly limits?: Partial<StartMessage["limits"]>;
  readonly mock?: boolean;
  /** Cases of the file's tests are run in place of the file. */
  readonly work?: CaseWork;
  /** Answers by method; a method without one is refused. A `RequestRefused` may be thrown. */
  readonly answers?: Readonly<Partial<Record<RequestMethod, Answer>>>;
  /** Asked between instructions. */
  readonly interruption?: () => Interruption | undefined;
  /** Debugs the run. */
  readonly debug?: DebugChannel;
}

export interface RunSourceResult {
  readonly finished: FinishedMessage;
  /** Without those that only tell of requests. */
  readonly events: readonly SandboxedEvent[];
  readonly requests: readonly { readonly method: string; readonly params: JsonObject }[];
  /** Seconds that were slept; nothing really sleeps. */
  readonly slept: readonly number[];
}

/** Runs a text through the real engine with ports that answer at once. For tests. */
export function runSource(source: string, options: RunSourceOptions = {}): RunSourceResult {
  const events: SandboxedEvent[] = [];
  const requests: { method: string; params: JsonObject }[] = [];
  const slept: number[] = [];
  const ports: RunPorts = {
    get interruption() {
      return options.interruption?.();
    },
    convert: convertInThread,
    emit: (event) => {
      if (event.type !== "request.made") events.push(event);
    },
    sleep: (seconds) => slept.push(seconds),
    now: () => 1_700_000_000_000 + events.length,
    request: <Method extends RequestMethod>(method: Method, params: RequestParams<Method>) => {
      const plain: unknown = JSON.parse(JSON.stringify(params));
      const asked = isJsonObject(plain) ? (plain as JsonObject) : {};
      requests.push({ method, params: asked });
      const answer = options.answers?.[method];
      if (!answer) throw new RequestRefused("tool-denied", `Nothing answers ${method} here.`);
      return answer(asked) as RequestAnswer<Method>;
    },
  };
  const { debug: channel } = options;
  const start = startMessage(source, options);
  const program: ProgramOptions = {
    start,
    ports,
    createEngine,
    ...(channel && {
      debug: (run) => new RunDebugging({ channel, sources: start, interruption: () => run.interruption }),
    }),
  };
  const finished = options.work ? runCases(program, options.work) : runProgram(program);
  return { finished, events, requests, slept };
}

function startMessage(source: string, options: RunSourceOptions): StartMessage {
  return {
    kind: "start",
    version: 1,
    nonce: "0123456789abcdef",
    run: "test-run",
    file: options.file ?? "main.tac",
    source,
    modules: options.modules ?? {},
    programs: options.programs ?? [],
    ...(options.procedure === undefined ? {} : { procedure: options.procedure }),
    input: options.input ?? {},
    textInput: options.textInput ?? {},
    settings: options.settings ?? {},
    ...(options.mcpServers && { mcpServers: options.mcpServers }),
    ...(options.plugins ? { plugins: options.plugins } : {}),
    limits: {
      timeSeconds: 10,
      luaMemoryBytes: 64 * 1024 * 1024,
      instructions: 1_000_000_000,
      outputBytes: 16 * 1024 * 1024,
      ...options.limits,
    },
    mock: options.mock ?? false,
    ...(options.work && { work: options.work }),
    seed: 7,
    startTime: 1_700_000_000_000,
  };
}

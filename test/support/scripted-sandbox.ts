import { PassThrough } from "node:stream";
import { vi } from "vitest";
import type { ListedCapabilities } from "#broker/dispatch/manifest-gate.ts";
import type { RunPast } from "#broker/dispatch/run-past.ts";
import type { ServeOutcome } from "#broker/dispatch/serve-options.ts";
import { serveRun } from "#broker/dispatch/serve-run.ts";
import { createHostTools } from "#broker/host-tools/host-tools.ts";
import { createHumans } from "#broker/humans/humans.ts";
import { createHostMcp } from "#broker/mcp/host-mcp.ts";
import { Redactor } from "#broker/secrets/redactor.ts";
import type { BrokerServices } from "#broker/services.ts";
import type { SpendingLimits } from "#broker/spending/spending-limits.ts";
import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { encodeFrame, FrameReader } from "#protocol/wire/frames.ts";
import type { HostMessage, SandboxMessage, StartMessage } from "#protocol/wire/messages.ts";
import { everythingListed } from "./everything-listed.ts";
import { plainStart } from "./start-message.ts";

/** What the redactor knows. */
export const key = "canary-key-3f1b52c09d774e0e8a55";

export const finished: SandboxMessage = {
  kind: "finished",
  status: "completed",
  result: { done: true },
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
};

export const hello: SandboxMessage = {
  kind: "hello",
  version: 1,
  nonce: plainStart.nonce,
  facts: { node: "v26", pid: 1 },
};

export const plenty: SpendingLimits = {
  cost: 100,
  onlyPriced: false,
  tokens: 1e6,
  turns: 1e3,
  toolCalls: 1e6,
};

/** What an agent asks of a model. */
export const generateParams: JsonObject = {
  turn: 3,
  agent: "writer",
  provider: "openai",
  model: "gpt-4o",
  messages: [{ role: "user", text: "hi" }],
  tools: [],
  settings: {},
};

/** The answer to every reading of a file. */
export const nowhere: { readonly code: string; readonly message: string } = {
  code: "file-not-found",
  message: "There is no such file.",
};

/** A workspace without files, for questions. */
export const noFiles: Parameters<typeof createHumans>[0]["files"] = {
  status: async () => ok({ exists: false, bytes: 0 }),
};

/** Services that do next to nothing, with changes. */
export function services(changes: Partial<BrokerServices> = {}): BrokerServices {
  return {
    models: { generate: async () => fail({ code: "model-failed", message: "none here" }) },
    hostTools: createHostTools(),
    mcp: createHostMcp({}, {}),
    humans: createHumans({ files: noFiles }),
    workspace: {
      read: async () => fail(nowhere),
      write: async ({ text }) => ok({ bytes: text.length }),
      readBytes: async () => ok({ base64: "", size: 0 }),
      writeBytes: async () => ok({ bytes: 0 }),
      status: async () => ok({ exists: false, bytes: 0 }),
      list: async () => ok({ entries: [] }),
      module: async () => ok({ module: null }),
      program: async () => ok({ program: null }),
    },
    ...changes,
  };
}

/** A request; with a number it stands in the journal. */
export function asks(id: number, method: string, params: Json, number?: number): JsonObject {
  return { kind: "request", id, ...(number !== undefined && { number }), method, params };
}

/** The sandbox's end of the two pipes, played by a test. */
export class ScriptedSandbox {
  readonly output = new PassThrough();
  readonly input = new PassThrough();
  readonly received: HostMessage[] = [];
  readonly events: RunEventBody[] = [];
  readonly cancel = new AbortController();
  readonly redactor = new Redactor([key]);
  readonly outcome: Promise<ServeOutcome>;
  #nextId = 1;

  constructor(
    changes: {
      services?: Partial<BrokerServices>;
      start?: Partial<StartMessage>;
      helloSeconds?: number;
      spending?: Partial<SpendingLimits>;
      signal?: AbortSignal;
      past?: RunPast;
      listed?: ListedCapabilities;
    } = {},
  ) {
    const reader = new FrameReader();
    this.input.on("data", (chunk: Uint8Array) => {
      for (const frame of reader.push(chunk)) this.received.push(frame as HostMessage);
    });
    this.outcome = serveRun({
      output: this.output,
      input: this.input,
      start: { ...plainStart, ...changes.start },
      services: services(changes.services),
      emit: (event) => this.events.push(event),
      signal: changes.signal ?? this.cancel.signal,
      redactor: this.redactor,
      listed: changes.listed ?? everythingListed,
      ...(changes.past && { past: changes.past }),
      spending: { limits: { ...plenty, ...changes.spending } },
      ...(changes.helloSeconds === undefined ? {} : { helloSeconds: changes.helloSeconds }),
    });
  }

  static greeted(changes: ConstructorParameters<typeof ScriptedSandbox>[0] = {}): ScriptedSandbox {
    const sandbox = new ScriptedSandbox(changes);
    sandbox.say(hello);
    return sandbox;
  }

  say(...messages: unknown[]): void {
    for (const message of messages) this.output.write(encodeFrame(message));
  }

  /** Sends a request and gives its answer or refusal. */
  async ask(method: string, params: Json): Promise<HostMessage> {
    const id = this.#nextId++;
    this.say(asks(id, method, params));
    return this.replyTo(id);
  }

  replyTo(id: number): Promise<HostMessage> {
    return vi.waitFor(
      () => {
        const reply = this.received.find((message) => "id" in message && message.id === id);
        if (!reply) throw new Error(`no reply to ${id} yet`);
        return reply;
      },
      { interval: 2 },
    );
  }

  eventsOf<Type extends RunEventBody["type"]>(type: Type): Extract<RunEventBody, { type: Type }>[] {
    return this.events.filter((event): event is Extract<RunEventBody, { type: Type }> => event.type === type);
  }
}

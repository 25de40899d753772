import { once } from "node:events";
import { PassThrough } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { ListedCapabilities } from "#broker/dispatch/manifest-gate.ts";
import type { ServeOutcome } from "#broker/dispatch/serve-options.ts";
import type { HostToolsOptions } from "#broker/host-tools/host-tools.ts";
import type { BrokerServices, HumanService } from "#broker/services.ts";
import type { JsonObject } from "#common/json.ts";
import { fail, ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { FrameReader } from "#protocol/wire/frames.ts";
import { everythingListed } from "#test/support/everything-listed.ts";
import { plainStart } from "#test/support/start-message.ts";
import type { World } from "./world.ts";

type BrokerParts = typeof import("./broker-parts.ts");

const outputBytes = 1024 * 1024;

const nowhere = { code: "file-not-found", message: "There is no such file." };

/** Frames in the form in which an attacker may send them: any text at all. */
export type RawFrame = string | JsonObject;

/** What the services of the host were asked for: the observable of most attacks on the wire. */
export interface Reached {
  /** Texts of the files that would have been written. */
  readonly written: string[];
  /** Arguments of calls of host tools. */
  readonly called: JsonObject[];
  /** Questions that a person would have seen. */
  readonly asked: JsonObject[];
}

export interface WireOptions {
  /** The product's own host tools with this config; absent: one that takes everything and remembers it. */
  readonly hostTools?: HostToolsOptions;
  /** What happens when a question is put; absent: it is answered with yes. */
  readonly onQuestion?: () => Promise<boolean>;
  readonly secrets?: readonly string[];
  /** What the manifest of the run lists; absent: everything. */
  readonly listed?: ListedCapabilities;
  /** Pieces in which a model answers; absent: there is no model. */
  readonly streamed?: readonly string[];
}

/** The product's broker, and an attacker who holds the sandbox's end of its two pipes. */
export class TakenWire {
  readonly reached: Reached = { written: [], called: [], asked: [] };
  readonly events: RunEventBody[] = [];
  readonly received: JsonObject[] = [];
  readonly nonce: string;
  readonly outcome: Promise<ServeOutcome>;
  readonly #output = new PassThrough();
  readonly #input = new PassThrough();

  private constructor(nonce: string, serve: (wire: TakenWire) => Promise<ServeOutcome>) {
    this.nonce = nonce;
    const reader = new FrameReader();
    this.#input.on("data", (chunk: Uint8Array) => {
      for (const frame of reader.push(chunk)) this.received.push(frame as JsonObject);
    });
    this.outcome = serve(this);
  }

  /** Starts to serve a run whose sandbox is the attacker's; ended with the world. */
  static async open(world: World, options: WireOptions = {}): Promise<TakenWire> {
    const { serveRun, Redactor, createHostTools } = await world.part<BrokerParts>(
      "test/attacks/world/broker-parts.ts",
    );
    const redactor = new Redactor(options.secrets);
    const ending = new AbortController();
    const wire = new TakenWire(world.marker.text, (taken) =>
      serveRun({
        output: taken.#output,
        input: taken.#input,
        start: { ...plainStart, limits: { ...plainStart.limits, outputBytes }, nonce: world.marker.text },
        services: {
          ...recording(taken.reached, options),
          ...(options.hostTools && { hostTools: createHostTools(options.hostTools) }),
        },
        emit: (event) => taken.events.push(event),
        signal: ending.signal,
        redactor,
        listed: options.listed ?? everythingListed,
        spending: { limits: { cost: 100, onlyPriced: false, tokens: 1e6, turns: 1e3, toolCalls: 1e6 } },
      }),
    );
    world.atTheEnd(() => {
      ending.abort();
      wire.#output.destroy();
    });
    return wire;
  }

  /** As `open`, and the greeting is over. */
  static async greeted(world: World, options: WireOptions = {}): Promise<TakenWire> {
    const wire = await TakenWire.open(world, options);
    await wire.say(wire.hello());
    return wire;
  }

  hello(nonce: string = this.nonce): JsonObject {
    return { kind: "hello", version: 1, nonce, facts: { node: "v26", pid: 1 } };
  }

  /** Sends frames in one piece. */
  async say(...frames: readonly RawFrame[]): Promise<void> {
    const lines = frames.map((frame) => (typeof frame === "string" ? frame : JSON.stringify(frame)));
    if (!this.#output.write(`${lines.join("\n")}\n`))
      await Promise.race([once(this.#output, "drain"), this.outcome]);
  }

  /** Waits until the broker answered the request or ended the run, whichever is first. */
  async replied(id: number): Promise<JsonObject | undefined> {
    for (;;) {
      const reply = this.received.find((message) => message["id"] === id);
      const ended = await Promise.race([this.outcome, pause(2, undefined)]);
      if (reply || ended) return reply;
    }
  }

  /** Sends frames and waits until a request behind them is answered or the run is ended: all before it was looked at. */
  async sayAndWait(...frames: readonly RawFrame[]): Promise<JsonObject | undefined> {
    await this.say(...frames, request(lastId, "file.list", { path: "" }));
    return this.replied(lastId);
  }

  /** How the run ended, in a few words. */
  async ended(): Promise<string> {
    const outcome = await Promise.race([this.outcome, pause(0, undefined)]);
    if (!outcome) return "the run goes on";
    return outcome.ok ? "the run finished" : `the run was ended: ${outcome.error.code}`;
  }
}

/** The id of the request that is behind all others. */
const lastId = 1_000_000;

export function request(id: number, method: string, params: JsonObject): JsonObject {
  return { kind: "request", id, method, params };
}

function recording(
  reached: Reached,
  { onQuestion = async () => true, streamed = [] }: WireOptions,
): BrokerServices {
  const humans: HumanService = {
    async ask(question) {
      reached.asked.push({ ...question } as unknown as JsonObject);
      return ok({ value: await onQuestion(), by: "person" });
    },
  };
  return {
    models: {
      async generate(_params, { onDelta }) {
        for (const piece of streamed) onDelta(piece);
        return fail({ code: "model-failed", message: "It stopped." });
      },
    },
    hostTools: {
      describe: async () => ok({ description: "", parameters: {} }),
      async call(_tool, parameters) {
        reached.called.push(parameters);
        return ok(true);
      },
    },
    mcp: { list: async () => fail(nowhere), call: async () => fail(nowhere) },
    humans,
    workspace: {
      read: async () => fail(nowhere),
      async write({ text }) {
        reached.written.push(text);
        return ok({ bytes: text.length });
      },
      readBytes: async () => fail(nowhere),
      writeBytes: async () => fail(nowhere),
      status: async () => ok({ exists: false, bytes: 0 }),
      list: async () => ok({ entries: [] }),
      module: async () => ok({ module: null }),
      program: async () => ok({ program: null }),
    },
  };
}

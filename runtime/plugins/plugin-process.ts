import { type ChildProcess, spawn } from "node:child_process";
import { Duplex, type Readable } from "node:stream";
import { errorText } from "#common/error-text.ts";
import { isJsonObject, type JsonObject } from "#common/json.ts";
import { FrameReader } from "#protocol/wire/frames.ts";

export interface PluginProcessOptions {
  /** Path of the Python interpreter. */
  readonly program: string;
  /** Folder of our own Python code. */
  readonly script: string;
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
}

/** Why a request to the process got no answer. */
export class PluginProcessLost extends Error {
  readonly reason: "crashed" | "timeout" | "missing";

  constructor(reason: PluginProcessLost["reason"], message: string) {
    super(message);
    this.name = "PluginProcessLost";
    this.reason = reason;
  }
}

interface Waiting {
  readonly id: number;
  readonly promise: PromiseWithResolvers<JsonObject>;
  readonly timer: NodeJS.Timeout;
}

/** The file descriptor over which requests and answers go; what plugins print goes over the usual two. */
const channelDescriptor = 3;

/**
 * The Python process of a run. It knows no site packages, no environment of Python's own and writes no compiled files.
 * Whatever it sends on its channel is data of plugins: read as bounded frames, and anything that is no answer to the
 * request under way ends it.
 */
export class PluginProcess {
  readonly #child: ChildProcess;
  readonly #channel: Duplex | undefined;
  #waiting: Waiting | undefined;
  #lost: PluginProcessLost | undefined;
  #requests = 0;

  constructor({ program, script, onOutput }: PluginProcessOptions) {
    this.#child = spawn(program, ["-I", "-S", "-B", "-X", "utf8", script], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const channel = this.#child.stdio[channelDescriptor];
    this.#channel = channel instanceof Duplex ? channel : undefined;
    this.#listen();
    forward(this.#child.stdout, (text) => onOutput("stdout", text));
    forward(this.#child.stderr, (text) => onOutput("stderr", text));
  }

  /** True when it can't be asked any more. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Sends one request and waits for its answer. Rejects with PluginProcessLost; the process is gone then. */
  request(message: JsonObject, timeoutMilliseconds: number): Promise<JsonObject> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = ++this.#requests;
    const promise = Promise.withResolvers<JsonObject>();
    const timer = setTimeout(
      () => this.#lose("timeout", `no answer within ${timeoutMilliseconds / 1000} s`),
      timeoutMilliseconds,
    );
    this.#waiting = { id, promise, timer };
    this.#channel?.write(`${JSON.stringify({ id, ...message })}\n`);
    return promise.promise;
  }

  /** Ends it at once. */
  kill(): void {
    this.#lose("crashed", "it was ended");
  }

  #listen(): void {
    const reader = new FrameReader();
    this.#channel?.on("data", (chunk: Uint8Array) => {
      try {
        for (const frame of reader.push(chunk)) this.#receive(frame);
      } catch (error) {
        this.#lose("crashed", `what it sent can't be read: ${errorText(error)}`);
      }
    });
    // Its end is told by `exit`, with the reason.
    this.#channel?.on("error", () => undefined);
    this.#child.on("error", (error) => this.#lose("missing", errorText(error)));
    this.#child.on("exit", (code, signal) => {
      this.#lose("crashed", signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`);
    });
  }

  #receive(frame: unknown): void {
    const waiting = this.#waiting;
    if (!isJsonObject(frame) || !waiting || frame["id"] !== waiting.id) {
      throw new Error("it is no answer to a request.");
    }
    this.#waiting = undefined;
    clearTimeout(waiting.timer);
    // What was printed before the answer lies in other pipes: they are read in the same turn, and come first.
    setImmediate(() => waiting.promise.resolve(frame));
  }

  #lose(reason: PluginProcessLost["reason"], message: string): void {
    if (this.#lost) return;
    this.#lost = new PluginProcessLost(reason, message);
    this.#child.kill("SIGKILL");
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    waiting?.promise.reject(this.#lost);
  }
}

function forward(stream: Readable | null, onText: (text: string) => void): void {
  stream?.setEncoding("utf8");
  stream?.on("data", onText);
}

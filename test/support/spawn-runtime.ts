import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import { encodeFrame, FrameReader } from "#protocol/wire/frames.ts";
import { type SandboxMessage, type StartMessage, sandboxMessage } from "#protocol/wire/messages.ts";
import { plainStart } from "./start-message.ts";

const entry = fileURLToPath(new URL("../../runtime/main.ts", import.meta.url));

export interface SpawnOptions {
  readonly limits?: Partial<StartMessage["limits"]>;
  readonly mock?: boolean;
  readonly plugins?: StartMessage["plugins"];
  /** Flags of Node before the entry. */
  readonly flags?: readonly string[];
  /** The whole command in place of Node, its flags and the entry. */
  readonly command?: readonly [string, ...string[]];
  /** With `true` nothing is read until `read()`. */
  readonly unread?: boolean;
}

/** A real process of the runtime, seen from the host's side of the pipes. For tests. */
export class SpawnedRuntime implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly messages: SandboxMessage[] = [];
  readonly exited: Promise<unknown>;
  readonly #reader = new FrameReader();
  #changed = Promise.withResolvers<void>();

  constructor(options: SpawnOptions = {}) {
    const [program, ...args] = options.command ?? [process.execPath, ...(options.flags ?? []), entry];
    this.process = spawn(program, args, {
      env: {},
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.exited = once(this.process, "exit");
    void this.exited.then(() => this.#wake());
    this.process.stdin?.on("error", () => {
      // The runtime may end before it read everything; what it says about it is what the test looks at.
    });
    if (!options.unread) this.read();
  }

  /** Begins to read its output. */
  read(): void {
    this.process.stdout?.on("data", (chunk: Uint8Array) => {
      for (const frame of this.#reader.push(chunk)) this.messages.push(sandboxMessage.parse(frame));
      this.#wake();
    });
  }

  send(message: unknown): void {
    this.process.stdin?.write(encodeFrame(message));
  }

  start(source: string, options: SpawnOptions = {}): void {
    this.send({
      ...plainStart,
      nonce: "nonce-of-the-test-run",
      file: "main.tac",
      source,
      limits: {
        timeSeconds: 20,
        luaMemoryBytes: 64 * 1024 * 1024,
        instructions: 1e12,
        outputBytes: 64 * 1024 * 1024,
        ...options.limits,
      },
      ...(options.plugins && { plugins: options.plugins }),
      mock: options.mock ?? false,
      startTime: 1_700_000_000_000,
    } satisfies StartMessage);
  }

  /** The first message of a kind, awaited. Rejects when the process ends without it. */
  async next<Kind extends SandboxMessage["kind"]>(
    kind: Kind,
  ): Promise<Extract<SandboxMessage, { kind: Kind }>> {
    const found = await this.#first((message) => message.kind === kind, kind);
    return found as Extract<SandboxMessage, { kind: Kind }>;
  }

  /** The first event of a type, awaited. Rejects when the process ends without it. */
  async event<Type extends SandboxedEvent["type"]>(
    type: Type,
  ): Promise<Extract<SandboxedEvent, { type: Type }>> {
    const isEvent = (message: SandboxMessage) => message.kind === "event" && message.event.type === type;
    const found = (await this.#first(isEvent, type)) as Extract<SandboxMessage, { kind: "event" }>;
    return found.event as Extract<SandboxedEvent, { type: Type }>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGKILL");
    await this.exited;
  }

  async #first(matches: (message: SandboxMessage) => boolean, what: string): Promise<SandboxMessage> {
    for (;;) {
      const changed = this.#changed.promise;
      const found = this.messages.find(matches);
      if (found) return found;
      if (this.process.exitCode !== null) throw new Error(`The runtime ended without a message '${what}'.`);
      await changed;
    }
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

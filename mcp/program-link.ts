import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { ReadBuffer, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { McpTransport } from "#protocol/wire/mcp.ts";
import type { ServerLink } from "./server-link.ts";

export type ServerProgram = Extract<McpTransport, { kind: "program" }>;

/** Milliseconds for a server to end by itself when its input ends, and then when it is asked to. */
const graceMilliseconds = { input: 1000, signal: 500 } as const;
const maximumMessageBytes = 8 * 1024 * 1024;
const maximumLastWords = 4000;
/** Lines on standard output that are no messages: some servers greet; one that never stops is ended. */
const maximumStrayLines = 1000;

/**
 * A server as a program, joined by its standard input and output. The SDK's own transport would hand on variables of
 * this process, and end only the program itself: here the environment is what is given, and the program leads a group
 * of its own, which ends with it whatever it started.
 */
export class ProgramLink implements ServerLink, Transport {
  onclose: Transport["onclose"];
  onerror: Transport["onerror"];
  onmessage: Transport["onmessage"];
  readonly #program: ServerProgram;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #buffer = new ReadBuffer({ maxBufferSize: maximumMessageBytes });
  #child: ChildProcessWithoutNullStreams | undefined;
  #closed: Promise<unknown> = Promise.resolve();
  #lastWords = "";
  #end: string | undefined;
  #strayLines = 0;

  /** `environment`: what every server gets so that programs are found; its own variables come on top. */
  constructor(program: ServerProgram, environment: Readonly<Record<string, string>>) {
    this.#program = program;
    this.#environment = environment;
  }

  get transport(): Transport {
    return this;
  }

  /** Rejects when the program can't be started. */
  async start(): Promise<void> {
    const { command, args, folder, environment } = this.#program;
    const child = spawn(command, args, {
      env: { ...this.#environment, ...environment },
      ...(folder !== undefined && { cwd: folder }),
      shell: false,
      detached: process.platform !== "win32",
      stdio: "pipe",
      windowsHide: true,
    });
    this.#listen(child);
    await once(child, "spawn");
    this.#child = child;
    living.add(child);
  }

  send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) return Promise.reject(new Error("the server has ended"));
    return new Promise((resolve) => input.write(serializeMessage(message), () => resolve()));
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child || this.#end !== undefined) return;
    child.stdin.end();
    await this.#waitFor(graceMilliseconds.input);
    if (this.#end === undefined) signalGroup(child, "SIGTERM");
    await this.#waitFor(graceMilliseconds.signal);
    if (this.#end === undefined) signalGroup(child, "SIGKILL");
    await this.#closed;
  }

  end(): string | undefined {
    return this.#end;
  }

  lastWords(): string {
    return this.#lastWords.trim();
  }

  #listen(child: ChildProcessWithoutNullStreams): void {
    child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-maximumLastWords);
    });
    child.stdin.on("error", ignoreUnread);
    // An error after the start is followed by the end, which counts.
    child.on("error", (error) => this.onerror?.(error));
    child.once("exit", (code, signal) => {
      this.#end ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      // What it started may hold its pipes open.
      signalGroup(child, "SIGKILL");
    });
    this.#closed = new Promise<void>((resolve) => child.once("close", () => resolve())).then(() => {
      living.delete(child);
      this.onclose?.();
    });
  }

  #receive(chunk: Buffer): void {
    try {
      this.#buffer.append(chunk);
    } catch {
      this.#endBecause("sent a message larger than a message may be, and was ended");
      return;
    }
    while (this.#readOne()) {
      if (this.#strayLines > maximumStrayLines)
        this.#endBecause("wrote too much that is no message, and was ended");
    }
  }

  /** Hands the next message on; false when there is none. */
  #readOne(): boolean {
    try {
      const message = this.#buffer.readMessage();
      if (message) this.onmessage?.(message);
      return message !== null && this.#strayLines <= maximumStrayLines;
    } catch {
      // A line that is no message: greetings and debug output of servers that do not know better.
      this.#strayLines += 1;
      return true;
    }
  }

  #endBecause(reason: string): void {
    this.#end ??= reason;
    this.#buffer.clear();
    if (this.#child) signalGroup(this.#child, "SIGKILL");
  }

  async #waitFor(milliseconds: number): Promise<void> {
    const done = new AbortController();
    const time = pause(milliseconds, undefined, { signal: done.signal }).catch(() => undefined);
    await Promise.race([this.#closed, time]);
    done.abort();
  }
}

/** Servers whose end nobody waited for yet: they end with this process. */
const living = new Set<ChildProcessWithoutNullStreams>();
process.on("exit", () => {
  for (const child of living) signalGroup(child, "SIGKILL");
});

/** Signals the program and what it started. */
function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
  } catch {
    // Everything of the group has ended already.
  }
}

/** A server may end without reading its input. */
function ignoreUnread(): void {}

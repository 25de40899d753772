import type { Duplex, Readable, Writable } from "node:stream";
import type Docker from "dockerode";
import { isJsonObject } from "#common/json.ts";
import { BoundedText } from "../bounded-text.ts";
import type { SandboxExit, SandboxProcess } from "../isolation.ts";
import { removeContainer } from "./reaper.ts";
import { StdioDemultiplexer } from "./stdio-demultiplexer.ts";
import { type Removal, watchRemoval } from "./watch-removal.ts";

/** 128 + SIGKILL: what the engine reports of a process that was killed. */
const killedCode = 137;
/** 128 + SIGABRT: what V8 does when its heap is full. */
const abortedCode = 134;

/** How long to wait for the engine's report of a memory kill, in milliseconds. */
const memoryEventMilliseconds = 500;

interface ContainerParts {
  readonly client: Docker;
  readonly id: string;
  /** Attached before the start, so that nothing is missed. */
  readonly connection: Duplex;
  /** Settles with the exit code when the container is gone; undefined when the engine lost it. */
  readonly removed: Promise<number | undefined>;
}

/** A started container as the port describes it. */
export class ContainerProcess implements SandboxProcess {
  readonly id: string;
  readonly input: Writable;
  readonly output: Readable;
  readonly exited: Promise<SandboxExit>;
  readonly #client: Docker;
  readonly #connection: Duplex;
  /** Settled when the container could not be removed: nobody shall wait for its end any more. */
  readonly #abandoned = Promise.withResolvers<Removal>();
  readonly #errors = new BoundedText();
  readonly #since = Math.floor(Date.now() / 1000) - 1;
  #removing: Promise<void> | undefined;
  #killed = false;
  #ended = false;

  constructor({ client, id, connection, removed }: ContainerParts) {
    this.id = id;
    this.#client = client;
    this.#connection = connection;
    this.input = connection;
    const demultiplexer = new StdioDemultiplexer((bytes) => this.#errors.add(bytes));
    this.output = connection.pipe(demultiplexer);
    // A connection that breaks is an end of the output; why it ended is told by `exited`.
    const ended = new Promise<void>((resolve) => {
      const end = (): void => {
        this.#ended = true;
        demultiplexer.end();
        resolve();
      };
      connection.once("end", end).once("close", end).on("error", end);
    });
    const gone = Promise.race([watchRemoval({ client, id, removed, ended }), this.#abandoned.promise]);
    this.exited = gone.then((removal) => this.#exit(removal));
  }

  readonly errorText = (): string => this.#errors.toString();

  async kill(): Promise<void> {
    // Its output ended: it is over already, for a reason of its own.
    this.#killed ||= !this.#ended;
    // What the engine does not end ends with its input; and nobody waits for more output.
    this.#connection.destroy();
    this.#removing ??= removeContainer(this.#client, this.id);
    try {
      await this.#removing;
    } catch (error) {
      this.#abandoned.resolve("engine-lost");
      throw error;
    }
  }

  async #exit(removal: Removal): Promise<SandboxExit> {
    const code = removal === "engine-lost" ? undefined : removal.code;
    if (this.#killed) return { code, reason: "killed" };
    if (removal === "engine-lost") return { code, reason: "engine-lost" };
    if (code === abortedCode && this.errorText().includes("out of memory")) return { code, reason: "memory" };
    if (code !== killedCode) return { code, reason: "exited" };
    return { code, reason: (await this.#ranOutOfMemory().catch(() => false)) ? "memory" : "killed" };
  }

  /**
   * The container removes itself, and its state with it, so the reason of a kill is read from the engine's event
   * log (it keeps the last 256). Asked only when a container was killed and not by us: a normal end costs nothing,
   * and automatic removal stays on, which cleans up even when this process is gone by then.
   */
  async #ranOutOfMemory(): Promise<boolean> {
    const query: Docker.GetEventsOptions = {
      since: this.#since,
      until: (Date.now() + memoryEventMilliseconds) / 1000,
      filters: { container: [this.id], event: ["oom"] },
    };
    const events: NodeJS.ReadableStream = await this.#client.getEvents(query);
    for await (const chunk of events) {
      if (String(chunk).includes(this.id)) return true;
    }
    return false;
  }
}

/** The exit code in the engine's answer to a wait; undefined when it lost the container. */
export function exitCodeOf(answer: unknown): number | undefined {
  const code = isJsonObject(answer) ? answer["StatusCode"] : undefined;
  return typeof code === "number" ? code : undefined;
}

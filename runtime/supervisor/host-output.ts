import type { Writable } from "node:stream";
import { encodeFrame } from "#protocol/wire/frames.ts";
import type { SandboxMessage } from "#protocol/wire/messages.ts";
import type { SharedMemory } from "../bridge/shared-memory.ts";

const newline = 0x0a;
const chunkBytes = 256 * 1024;

/**
 * The way out: takes the worker's frames from the ring, as many at a time as there are, and writes them to the host.
 * While the host does not read, nothing is taken, the ring fills up and the worker waits: no queue grows.
 */
export class HostOutput {
  readonly #stream: Writable;
  readonly #memory: SharedMemory;
  /** The start of a frame whose end is not in the ring yet. */
  #partial: Uint8Array = new Uint8Array(0);
  #blocked = false;

  constructor(stream: Writable, memory: SharedMemory) {
    this.#stream = stream;
    this.#memory = memory;
  }

  /** Forwards what lies in the ring; then sleeps until the worker rings the doorbell. */
  pump(): void {
    while (!this.#blocked) {
      const bytes = this.#memory.frames.read(chunkBytes);
      if (bytes.length > 0) {
        this.#forward(bytes);
        continue;
      }
      this.#memory.armDoorbell();
      if (this.#memory.frames.isEmpty) return;
    }
  }

  /** Writes a frame of the supervisor's own, after all complete frames that the worker wrote before. */
  send(message: SandboxMessage): void {
    this.#stream.write(encodeFrame(message));
  }

  /** Forwards all that is left, waiting for the host as long as it takes; a frame that was cut by a kill is dropped. */
  async drain(): Promise<void> {
    for (this.pump(); this.#blocked; this.pump()) {
      await new Promise<void>((resolve) => this.#stream.once("drain", resolve));
    }
    this.#partial = new Uint8Array(0);
  }

  /** Resolves when everything written has left the process. */
  flush(): Promise<void> {
    return new Promise((resolve) => this.#stream.write("", () => resolve()));
  }

  #forward(bytes: Uint8Array): void {
    const end = bytes.lastIndexOf(newline) + 1;
    if (end === 0) {
      this.#partial = joined(this.#partial, bytes);
      return;
    }
    const complete = joined(this.#partial, bytes.subarray(0, end));
    this.#partial = bytes.slice(end);
    if (this.#stream.write(complete)) return;
    this.#blocked = true;
    this.#stream.once("drain", () => {
      this.#blocked = false;
      this.pump();
    });
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

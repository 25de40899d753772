import type { Writable } from "node:stream";
import { encodeFrame } from "#protocol/wire/frames.ts";
import type { HostMessage } from "#protocol/wire/messages.ts";

/** A message to the sandbox before it is JSON: an answer is whatever its service gave. */
export type OutgoingMessage =
  | Exclude<HostMessage, { kind: "answer" }>
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown };

/** Writes frames to the sandbox. That the sandbox is gone is no error here: the reading side sees its end. */
export class FrameWriter {
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on("error", ignoreClosedPipe);
  }

  /** As `write`. Throws FrameError when the message is over the limit. */
  send(message: OutgoingMessage): Promise<void> {
    return this.write(encodeFrame(message));
  }

  /** Resolves when the sandbox took the frame or is gone. */
  write(frame: Uint8Array): Promise<void> {
    if (!this.#stream.writable) return Promise.resolve();
    return new Promise((resolve) => this.#stream.write(frame, () => resolve()));
  }
}

/** A write to a process that has just ended fails; the end itself is reported by its output's end. */
function ignoreClosedPipe(): void {}

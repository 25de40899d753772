import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameError, FrameReader } from "#protocol/wire/frames.ts";
import { sandboxMessage } from "#protocol/wire/messages.ts";
import { readHostMessage } from "#runtime/supervisor/host-message.ts";
import { damagedJson, damagedText } from "./damaged.ts";
import type { Target } from "./hostile-input.ts";
import { hostMessages, sandboxMessages } from "./messages.ts";

const texts = [...hostMessages, ...sandboxMessages].map((message) => `${JSON.stringify(message)}\n`);
const stream = fc.oneof(
  damagedText(texts).map((text) => Buffer.from(text)),
  fc.array(damagedJson(hostMessages), { maxLength: 3 }).map((lines) => Buffer.from(`${lines.join("\n")}\n`)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

/**
 * Whatever bytes reach a reader of frames, in whatever chunks, it gives the same values or the same refusal, and the
 * supervisor takes a value for a message of the host only when its kind is one of the host's.
 */
export const hostFrames: Target<readonly [Buffer, number]> = {
  inputs: fc.tuple(stream, fc.integer({ min: 1, max: 50 })),
  check: async ([bytes, size]) => {
    const whole = framesOf([bytes]);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    assert.deepEqual(framesOf(chunks), whole);
    for (const frame of whole.frames) {
      sandboxMessage.safeParse(frame);
      const kind = kindOf(frame);
      if (kind !== undefined)
        assert.ok(
          hostMessages.some((message) => message.kind === kind),
          `taken: ${kind}`,
        );
    }
  },
};

function framesOf(chunks: readonly Uint8Array[]): { frames: unknown[]; refusal?: string } {
  const reader = new FrameReader();
  const frames: unknown[] = [];
  try {
    for (const chunk of chunks) for (const frame of reader.push(chunk)) frames.push(frame);
    return { frames };
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    return { frames, refusal: error.code };
  }
}

/** The kind as which the supervisor takes a frame; undefined when it refuses it with its reason. */
function kindOf(frame: unknown): string | undefined {
  try {
    return readHostMessage(frame).kind;
  } catch (error) {
    assert.ok(error instanceof Error && error.message.startsWith("it "), String(error));
    return undefined;
  }
}

import { maximumFrameBytes, maximumFrameDepth } from "./limits.ts";

/** Why a stream of frames can't be read further. */
export class FrameError extends Error {
  readonly code: "frame-too-large" | "frame-not-json" | "frame-too-deep";

  constructor(code: FrameError["code"], message: string) {
    super(message);
    this.name = "FrameError";
    this.code = code;
  }
}

const newline = 0x0a;

/** Bytes of room that a reader keeps between frames. */
const keptBytes = 4096;

/** One frame: JSON without raw newlines (JSON.stringify never makes them) and a line feed. Throws FrameError over the limit. */
export function encodeFrame(message: unknown): Uint8Array {
  const bytes = new TextEncoder().encode(`${JSON.stringify(message)}\n`);
  if (bytes.length > maximumFrameBytes) {
    throw new FrameError(
      "frame-too-large",
      `A message of ${bytes.length} bytes is over the limit of ${maximumFrameBytes}.`,
    );
  }
  return bytes;
}

/**
 * Cuts a byte stream into frames. It never holds more than one frame's limit: an endless line is an error at the
 * limit, not a growing buffer. After an error the stream is unusable.
 */
export class FrameReader {
  /** The start of a frame, copied: a sender of single bytes costs its bytes, not an object for each. */
  #pending = new Uint8Array(keptBytes);
  #pendingBytes = 0;
  #lastFrameBytes = 0;
  readonly #decoder = new TextDecoder("utf-8");

  /** Bytes of the frame that was given last, for those who count them by its kind. */
  get lastFrameBytes(): number {
    return this.#lastFrameBytes;
  }

  /** Takes a chunk and gives the parsed values of the frames it completes. Throws FrameError. */
  *push(chunk: Uint8Array): Generator<unknown> {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const line = this.#complete(chunk.subarray(start, end));
      start = end + 1;
      if (line.trim() !== "") yield parseFrame(line);
    }
    this.#hold(chunk.subarray(start));
  }

  #complete(last: Uint8Array): string {
    this.#lastFrameBytes = this.#checked(this.#pendingBytes + last.length);
    if (this.#pendingBytes === 0) return this.#decoder.decode(last);
    this.#hold(last);
    const text = this.#decoder.decode(this.#pending.subarray(0, this.#pendingBytes));
    if (this.#pending.length > keptBytes) this.#pending = new Uint8Array(keptBytes);
    this.#pendingBytes = 0;
    return text;
  }

  #hold(part: Uint8Array): void {
    const bytes = this.#checked(this.#pendingBytes + part.length);
    if (bytes > this.#pending.length) {
      const larger = new Uint8Array(Math.min(Math.max(bytes, this.#pending.length * 2), maximumFrameBytes));
      larger.set(this.#pending.subarray(0, this.#pendingBytes));
      this.#pending = larger;
    }
    this.#pending.set(part, this.#pendingBytes);
    this.#pendingBytes = bytes;
  }

  #checked(bytes: number): number {
    if (bytes <= maximumFrameBytes) return bytes;
    throw new FrameError("frame-too-large", `A frame is over the limit of ${maximumFrameBytes} bytes.`);
  }
}

/**
 * `__proto__` as a key, plainly or with escapes. No value needs it, and whoever copies an object that has it would give
 * the copy another prototype.
 */
const prototypeName = /__proto__|\\u005f/i;

function withoutPrototype(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}

function parseFrame(line: string): unknown {
  if (nestingOf(line) > maximumFrameDepth) {
    throw new FrameError("frame-too-deep", `A frame is nested deeper than ${maximumFrameDepth}.`);
  }
  try {
    return prototypeName.test(line) ? JSON.parse(line, withoutPrototype) : JSON.parse(line);
  } catch {
    throw new FrameError("frame-not-json", "A frame is not JSON.");
  }
}

/** Deepest nesting of brackets outside strings: checked before parsing, so that depth never reaches a recursive reader. */
function nestingOf(line: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}

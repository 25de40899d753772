import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { screenText } from "../output/terminal.ts";

/** Milliseconds before a question can have been read: what is typed until then was meant for something else. */
const readingMs = 500;

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  /** Ctrl-C while a question waits. */
  readonly interrupt: () => void;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** Lines to and from a person while one question waits. */
export interface Conversation {
  say(text: string): void;
  /** The next line. Rejects when the question was withdrawn or the input has ended. */
  line(prompt: string): Promise<string>;
  readonly ended: boolean;
  close(): void;
}

/** Begins a conversation that ends with the signal, and with the terminal's input. */
export function converse({ input, output, interrupt, now }: Terminal, signal: AbortSignal): Conversation {
  const lines = createInterface({ input, output });
  const inputEnd = new AbortController();
  const ends = AbortSignal.any([signal, inputEnd.signal]);
  const readable = now() + readingMs;
  lines.on("SIGINT", interrupt);
  lines.on("close", () => inputEnd.abort());
  return {
    say: (text) => void output.write(`${screenText(text)}\n`),
    async line(prompt) {
      for (;;) {
        const line = await lines.question(screenText(prompt), { signal: ends });
        if (now() >= readable) return line;
      }
    },
    get ended() {
      return ends.aborted;
    },
    close: () => lines.close(),
  };
}

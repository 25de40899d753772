import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { Disposable } from "#common/disposal.ts";
import { type GitSetup, startGit } from "./git-process.ts";

/** What git says of one object. */
export interface BatchAnswer {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Of `--batch-check` it is empty. */
  readonly content: Buffer;
}

/** Longer than any first line of an answer. */
const mostHeaderBytes = 512;
/** Longest time without an answer while one is waited for: a pipe among the objects must not hold anybody up. */
const mostMilliseconds = 60_000;

/** `git cat-file --batch` or `--batch-check`: objects by their names, answered in the order in which they were asked. */
export class BatchProcess implements Disposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #hasContent: boolean;
  readonly #waiting: Array<(answer: BatchAnswer | undefined) => void> = [];
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** The answer whose content is being read. */
  #current: Omit<BatchAnswer, "content"> | undefined;
  #isOver = false;
  #deadline: NodeJS.Timeout | undefined;

  constructor(setup: GitSetup, option: "--batch" | "--batch-check") {
    this.#hasContent = option === "--batch";
    this.#process = startGit(setup, ["cat-file", option]);
    this.#process.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#process.stderr.resume();
    // It is gone, or was ended: whoever still waits gets no answer.
    this.#process.stdin.on("error", () => this.#end());
    this.#process.on("error", () => this.#end());
    this.#process.on("close", () => this.#end());
  }

  /** Undefined when there is no such object, or git has ended. A name is one line that the caller has made sure of. */
  async ask(name: string): Promise<BatchAnswer | undefined> {
    if (this.#isOver) return undefined;
    return await new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#awaitAnswer();
      this.#process.stdin.write(`${name}\n`);
    });
  }

  dispose(): void {
    this.#end();
    this.#process.kill("SIGKILL");
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (!this.#isOver && this.#step());
  }

  /** Reads the next header, or the content behind one; false when more bytes are needed. */
  #step(): boolean {
    return this.#current ? this.#readContent(this.#current) : this.#readHeader();
  }

  #readHeader(): boolean {
    const buffer = this.#joined();
    const end = buffer.indexOf(10);
    if (end < 0) {
      if (buffer.length > mostHeaderBytes) this.dispose();
      return false;
    }
    const [id = "", type = "", size = ""] = buffer.toString("latin1", 0, end).split(" ");
    this.#keep(buffer.subarray(end + 1));
    const header = { id, type, size: Number(size) };
    const exists = /^[0-9a-f]{40,64}$/.test(id) && /^\d+$/.test(size);
    if (exists && this.#hasContent) this.#current = header;
    else this.#answer(exists ? { ...header, content: Buffer.alloc(0) } : undefined);
    return true;
  }

  /** Chunks are joined once all of a content has come. */
  #readContent(header: Omit<BatchAnswer, "content">): boolean {
    if (this.#bytes < header.size + 1) return false;
    const buffer = this.#joined();
    this.#current = undefined;
    this.#keep(buffer.subarray(header.size + 1));
    this.#answer({ ...header, content: buffer.subarray(0, header.size) });
    return true;
  }

  #joined(): Buffer {
    const [only] = this.#chunks;
    if (only && this.#chunks.length === 1) return only;
    const buffer = Buffer.concat(this.#chunks);
    this.#chunks = [buffer];
    return buffer;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
  }

  #answer(answer: BatchAnswer | undefined): void {
    this.#waiting.shift()?.(answer);
    this.#stopDeadline();
    if (this.#waiting.length > 0) this.#awaitAnswer();
  }

  #awaitAnswer(): void {
    this.#deadline ??= setTimeout(() => this.dispose(), mostMilliseconds);
  }

  #stopDeadline(): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  #end(): void {
    this.#isOver = true;
    this.#stopDeadline();
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}

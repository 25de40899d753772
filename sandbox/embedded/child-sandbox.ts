import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { BoundedText } from "../bounded-text.ts";
import type { SandboxExit, SandboxProcess } from "../isolation.ts";
import { watchMemory } from "./memory-watch.ts";

/** A child process, leader of its own process group, as the port describes it. */
export class ChildSandbox implements SandboxProcess {
  readonly id: string;
  readonly input: Writable;
  readonly output: Readable;
  readonly exited: Promise<SandboxExit>;
  readonly #pid: number;
  readonly #errors = new BoundedText();
  #ended: SandboxExit["reason"] | undefined;

  constructor(child: ChildProcessWithoutNullStreams, pid: number, memoryBytes: number) {
    this.id = String(pid);
    this.#pid = pid;
    this.input = child.stdin;
    this.output = child.stdout;
    child.stderr.on("data", (bytes: Buffer) => this.#errors.add(bytes));
    const stopWatching = watchMemory(pid, memoryBytes, () => this.#end("memory"));
    this.exited = once(child, "close").then(([code]: readonly unknown[]) => {
      stopWatching();
      return this.#exit(typeof code === "number" ? code : undefined);
    });
  }

  readonly errorText = (): string => this.#errors.toString();

  async kill(): Promise<void> {
    this.#end("killed");
    await this.exited;
  }

  /** Kills the whole group: nothing inside can start processes, but nothing of it shall survive a hole. */
  #end(reason: SandboxExit["reason"]): void {
    this.#ended ??= reason;
    try {
      process.kill(-this.#pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  }

  #exit(code: number | undefined): SandboxExit {
    if (this.#ended) return { code, reason: this.#ended };
    // V8 aborts when its heap is full, and says so.
    if (code === undefined && this.errorText().includes("out of memory")) return { code, reason: "memory" };
    return { code, reason: code === undefined ? "killed" : "exited" };
  }
}

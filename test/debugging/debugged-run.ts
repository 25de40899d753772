import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Json } from "#common/json.ts";
import type { DebugAnswer, DebugCommandName, DebugParams } from "#protocol/debugging/commands.ts";
import type { DebugNotice, StoppedNotice } from "#protocol/debugging/notices.ts";
import { DebugLink } from "#runs/debugging/debug-link.ts";
import { preparePlan } from "#runs/session/plan.ts";
import type { RunHandle } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";
import type { Isolation } from "#sandbox/isolation.ts";

export interface DebuggedRunOptions {
  readonly isolation: Isolation;
  readonly timeoutSeconds?: number;
  readonly mock?: boolean;
  readonly input?: Record<string, Json>;
}

/** A real run in a real sandbox with a person at its debugger. For tests. */
export class DebuggedRun implements AsyncDisposable {
  readonly link: DebugLink = new DebugLink();
  readonly notices: DebugNotice[] = [];
  readonly #folder: string;
  #handle: RunHandle | undefined;
  #changed = Promise.withResolvers<void>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.link.onNotice((notice) => {
      this.notices.push(notice);
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    });
  }

  /** `files`: those of the workspace; `main.tac` is run. */
  static async start(files: Record<string, string>, options: DebuggedRunOptions): Promise<DebuggedRun> {
    const folder = mkdtempSync(path.join(tmpdir(), "tactus-debug-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const run = new DebuggedRun(folder);
    const { isolation, timeoutSeconds = 60, mock = false, input = {} } = options;
    const plan = await preparePlan({
      file: path.join(folder, "main.tac"),
      workspaceRoot: folder,
      input,
      textInput: {},
      isolation: isolation.name,
      workspace: "copy",
      mock,
      grantAll: false,
      timeoutSeconds,
    });
    if (!plan.ok) throw new Error(plan.error.message);
    const started = await startRun(plan.value, { isolation, environment: {}, debugger: run.link });
    if (!started.ok) throw new Error(started.error.message);
    run.#handle = started.value;
    return run;
  }

  get handle(): RunHandle {
    if (!this.#handle) throw new Error("the run has not started");
    return this.#handle;
  }

  /** Throws when it is refused. */
  async do<Name extends DebugCommandName>(
    command: Name,
    params: DebugParams<Name>,
  ): Promise<DebugAnswer<Name>> {
    const answer = await this.link.request(command, params);
    if (answer.ok) return answer.value;
    throw new Error(`${command}: ${answer.error.code}: ${answer.error.message}`);
  }

  /** The `count`-th stop, awaited. */
  async stop(count = 1): Promise<StoppedNotice> {
    for (;;) {
      const stops = this.notices.filter((notice) => notice.notice === "stopped");
      const found = stops[count - 1];
      if (found) return found;
      await Promise.race([
        this.#changed.promise,
        this.handle.finished.then((end) => this.#ended(end.status)),
      ]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#handle?.cancel();
    await this.#handle?.finished;
    rmSync(this.#folder, { recursive: true });
  }

  #ended(status: string): never {
    throw new Error(`the run ended (${status}) without a further stop`);
  }
}

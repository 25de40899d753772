import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
import { inBackground } from "../failures.ts";

/** Milliseconds after which progress is shown. */
const shownAfter = 500;

/** Progress that is shown only when the work takes longer than a moment, and never without a client that can. */
export class LateProgress {
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #reporter: WorkDoneProgressServerReporter | undefined;
  #hasEnded = false;

  constructor(connection: Connection, title: string, isSupported: boolean) {
    if (isSupported)
      this.#timer = setTimeout(
        () => inBackground(connection, "Showing progress", () => this.#begin(connection, title)),
        shownAfter,
      );
  }

  report(done: number, all: number): void {
    this.#reporter?.report(Math.round((100 * done) / Math.max(1, all)), `${done} of ${all}`);
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#reporter?.done();
  }

  async #begin(connection: Connection, title: string): Promise<void> {
    const reporter = await connection.window.createWorkDoneProgress();
    if (this.#hasEnded) return;
    reporter.begin(title, 0);
    this.#reporter = reporter;
  }
}

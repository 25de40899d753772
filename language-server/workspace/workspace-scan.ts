import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
import { errorText } from "#common/error-text.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { serverStatusMethod } from "#protocol/editor/server-status.ts";
import type { ServerState } from "../server-state.ts";

/** Milliseconds after which progress is shown. */
const progressAfter = 500;

/** Files between two of which open documents get their turn. */
const filesASlice = 8;

/** Reads the files of the workspace's folders in the background, open documents first. */
export class WorkspaceScan {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #changed: (uris: readonly string[]) => void;
  readonly #ended = new AbortController();
  #running = 0;

  constructor(connection: Connection, state: ServerState, changed: (uris: readonly string[]) => void) {
    this.#connection = connection;
    this.#state = state;
    this.#changed = changed;
  }

  dispose(): void {
    this.#ended.abort();
  }

  /** Reads everything below folders that are new. */
  async folders(folders: readonly string[]): Promise<void> {
    this.#running++;
    this.#tellStatus("ok");
    const progress = this.#progressLater();
    try {
      for (const folder of folders) await this.#folder(folder, progress);
    } catch (error) {
      this.#connection.console.error(`The workspace could not be read: ${errorText(error)}`);
      this.#tellStatus("warning", `The workspace could not be read: ${errorText(error)}`);
    } finally {
      this.#running--;
      progress.end();
      this.#tellStatus("ok");
    }
  }

  async #folder(folder: string, progress: LateProgress): Promise<void> {
    const { workspace, host, folders } = this.#state;
    const uris = await host.findFiles(folder, this.#ended.signal);
    let read: string[] = [];
    for (const [index, uri] of uris.entries()) {
      if (this.#ended.signal.aborted) return;
      progress.report(index, uris.length);
      if (fileKindOf(uri) === "procedure") await workspace.loadConfiguration(uri, folders);
      else await workspace.configs.prepare();
      if (!workspace.isOpen(uri)) read.push(...(await workspace.reload(uri)));
      if (index % filesASlice !== filesASlice - 1) continue;
      this.#tell(read);
      read = [];
    }
    this.#tell(read);
  }

  #tell(uris: readonly string[]): void {
    if (uris.length > 0) this.#changed([...new Set(uris)]);
  }

  #tellStatus(health: "ok" | "warning", message?: string): void {
    void this.#connection.sendNotification(serverStatusMethod, {
      health,
      quiescent: this.#running === 0,
      ...(message !== undefined && { message }),
    });
  }

  #progressLater(): LateProgress {
    const canShow = this.#state.client.window?.workDoneProgress === true;
    return new LateProgress(canShow ? this.#connection : undefined);
  }
}

/** Progress that is shown only when the work takes longer than a moment. */
class LateProgress {
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #reporter: WorkDoneProgressServerReporter | undefined;
  #hasEnded = false;

  constructor(connection: Connection | undefined) {
    if (connection) this.#timer = setTimeout(() => void this.#begin(connection), progressAfter);
  }

  async #begin(connection: Connection): Promise<void> {
    const reporter = await connection.window.createWorkDoneProgress();
    if (this.#hasEnded) return;
    reporter.begin("Tactus: reading the workspace", 0);
    this.#reporter = reporter;
  }

  report(done: number, all: number): void {
    this.#reporter?.report(Math.round((100 * done) / Math.max(1, all)), `${done} of ${all}`);
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#reporter?.done();
  }
}

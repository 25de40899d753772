import type { Connection } from "vscode-languageserver";
import { errorText } from "#common/error-text.ts";
import { type ServerStatus, serverStatusMethod } from "#protocol/editor/server-status.ts";
import { canonicalUri } from "../canonical-uri.ts";
import type { FindingsChanged, ServerState } from "../server-state.ts";
import { TimeSlice } from "../time-slice.ts";
import { LateProgress } from "./late-progress.ts";

/** Files that are read from the disk at the same time. */
const readTogether = 16;

/** Reads the files of the workspace's folders in the background, in slices between which everything else goes first. */
export class WorkspaceScan {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #changed: FindingsChanged;
  readonly #ended = new AbortController();
  #running = 0;
  #problem: string | undefined;

  constructor(connection: Connection, state: ServerState, changed: FindingsChanged) {
    this.#connection = connection;
    this.#state = state;
    this.#changed = changed;
  }

  dispose(): void {
    this.#ended.abort();
  }

  /**
   * Reads everything below folders that are new. Findings are told of when a whole folder is known: before that,
   * modules that are not read yet would seem to be missing.
   */
  async folders(folders: readonly string[]): Promise<void> {
    this.#running++;
    this.#tellStatus();
    const isSupported = this.#state.client.window?.workDoneProgress === true;
    const progress = new LateProgress(this.#connection, "Tactus: reading the workspace", isSupported);
    try {
      for (const folder of folders) await this.#folder(folder, progress);
    } catch (error) {
      this.#problem = `The workspace could not be read: ${errorText(error)}`;
      this.#connection.console.error(this.#problem);
    } finally {
      this.#running--;
      progress.end();
      this.#tellStatus();
    }
  }

  async #folder(folder: string, progress: LateProgress): Promise<void> {
    const found = await this.#state.host.findFiles(folder, this.#ended.signal);
    const uris = found.map(canonicalUri);
    const changed = new Set<string>();
    const slice = new TimeSlice();
    for (let read = 0; read < uris.length && !this.#ended.signal.aborted; read += readTogether) {
      progress.report(read, uris.length);
      const batch = uris.slice(read, read + readTogether).map((uri) => this.#file(uri));
      for (const uri of (await Promise.all(batch)).flat()) changed.add(uri);
      await slice.pause();
    }
    if (changed.size > 0) this.#changed([...changed]);
  }

  /** Reads a file, after the configuration around it, since that would make its findings stale again. */
  async #file(uri: string): Promise<readonly string[]> {
    const { workspace } = this.#state;
    if (workspace.kindOf(uri) === "procedure") await workspace.loadConfiguration(uri);
    else await workspace.configs.prepare();
    return [...(await workspace.reload(uri)), ...(await workspace.loadEmbedded(uri))];
  }

  #tellStatus(): void {
    if (!hasStatus(this.#state.client.experimental)) return;
    const status: ServerStatus = {
      health: this.#problem === undefined ? "ok" : "warning",
      quiescent: this.#running === 0,
      ...(this.#problem !== undefined && { message: this.#problem }),
    };
    void this.#connection.sendNotification(serverStatusMethod, status);
  }
}

/** A client says that it shows the status, as it does for other servers that have one. */
function hasStatus(experimental: unknown): boolean {
  const offered = experimental as { serverStatusNotification?: unknown } | null | undefined;
  return offered?.serverStatusNotification === true;
}

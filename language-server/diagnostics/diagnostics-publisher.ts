import type { Connection } from "vscode-languageserver";
import type { ServerState } from "../server-state.ts";
import { TimeSlice } from "../time-slice.ts";
import { lspDiagnostics } from "./lsp-diagnostic.ts";

/** Milliseconds of checking from which on the next keystrokes are waited for. */
const longCheck = 30;

/** Pushes findings to clients that don't pull them, once for all changes that arrive together, open documents first. */
export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds that the last round took. */
  #lastRound = 0;
  #hasEnded = false;

  constructor(connection: Connection, state: ServerState) {
    this.#connection = connection;
    this.#state = state;
  }

  /** Findings of these files may have changed. */
  changed(uris: readonly string[]): void {
    if (this.#state.client.textDocument?.diagnostic) return;
    for (const uri of this.#state.workspace.project.modulesFirst(uris)) {
      const read = this.#state.reads.of(uri);
      if (read) void read.then(() => this.#add(uri));
      else this.#add(uri);
    }
  }

  dispose(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
  }

  #add(uri: string): void {
    if (this.#hasEnded) return;
    this.#waiting.add(uri);
    this.#schedule();
  }

  #schedule(): void {
    const wait = this.#lastRound > longCheck ? this.#lastRound : 0;
    this.#timer ??= setTimeout(() => this.#publishSome(), wait);
  }

  #publishSome(): void {
    this.#timer = undefined;
    const { workspace } = this.#state;
    const start = performance.now();
    const slice = new TimeSlice();
    const uris = [...this.#waiting];
    const isOpen = (uri: string): boolean => workspace.isOpen(uri);
    for (const uri of [...uris.filter(isOpen), ...uris.filter((uri) => !isOpen(uri))]) {
      if (slice.isOver) break;
      this.#publish(uri);
    }
    this.#lastRound = performance.now() - start;
    if (this.#waiting.size > 0) this.#schedule();
  }

  #publish(uri: string): void {
    this.#waiting.delete(uri);
    const { workspace } = this.#state;
    const document = workspace.openDocument(uri);
    const diagnostics = workspace.isShown(uri) ? lspDiagnostics(uri, this.#state) : [];
    workspace.takeSymbols(uri);
    void this.#connection.sendDiagnostics({
      uri: document?.clientUri ?? uri,
      diagnostics,
      ...(document && { version: document.version }),
    });
  }
}

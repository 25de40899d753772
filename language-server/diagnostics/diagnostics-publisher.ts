import type { Connection } from "vscode-languageserver";
import type { ServerState } from "../server-state.ts";
import { lspDiagnostics } from "./lsp-diagnostic.ts";

/** Pushes findings of open documents to clients that don't pull them, once for all changes that arrive together. */
export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, state: ServerState) {
    this.#connection = connection;
    this.#state = state;
  }

  /** Findings of these files may have changed. */
  changed(uris: readonly string[]): void {
    if (this.#state.client.textDocument?.diagnostic) return;
    for (const uri of uris) this.#waiting.add(uri);
    this.#timer ??= setTimeout(() => this.#publish(), 0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #publish(): void {
    this.#timer = undefined;
    const uris = [...this.#waiting];
    this.#waiting.clear();
    for (const uri of uris) {
      const version = this.#state.workspace.openDocument(uri)?.version;
      const diagnostics = lspDiagnostics(uri, this.#state);
      void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
    }
  }
}

import type { Connection } from "vscode-languageserver";
import { inBackground } from "./failures.ts";
import type { ServerState } from "./server-state.ts";

/** Milliseconds that changes are collected for, since one edit may change many documents. */
const collectedFor = 50;

/** Asks the client to ask again: something has changed that it did not change itself. */
export class ClientRefresh {
  readonly #connection: Connection;
  readonly #state: ServerState;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, state: ServerState) {
    this.#connection = connection;
    this.#state = state;
  }

  /** Soon, once for all calls until then. */
  schedule(): void {
    this.#timer ??= setTimeout(() => this.#refresh(), collectedFor);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #refresh(): void {
    this.#timer = undefined;
    const { diagnostics, inlayHint, codeLens, semanticTokens } = this.#state.client.workspace ?? {};
    const supported = { diagnostic: diagnostics, inlayHint, codeLens, semanticTokens };
    for (const [kind, capability] of Object.entries(supported)) {
      const method = `workspace/${kind}/refresh`;
      if (capability?.refreshSupport)
        inBackground(this.#connection, method, () => this.#connection.sendRequest(method));
    }
  }
}

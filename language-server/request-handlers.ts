import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { errorText } from "#common/error-text.ts";
import { withCanonicalUris } from "./canonical-uri.ts";
import { logFailure } from "./failures.ts";
import type { Feature } from "./feature.ts";
import { nextTurn } from "./next-turn.ts";
import { plainAnswer, plainFailure } from "./plain-answer.ts";
import { refuseCancelled } from "./refuse-cancelled.ts";
import { malformedPart, uriOf } from "./request-params.ts";
import type { ServerState } from "./server-state.ts";

/** Answers requests: finds the document, honours a cancel, and turns a failure of ours into an error for one request. */
export class RequestHandlers {
  readonly #connection: Connection;
  readonly #state: ServerState;

  constructor(connection: Connection, state: ServerState) {
    this.#connection = connection;
    this.#state = state;
  }

  register(features: readonly Feature[]): void {
    for (const feature of features)
      this.#connection.onRequest(feature.method, (params: unknown, token: CancellationToken) =>
        this.#answer(feature, withCanonicalUris(params), token),
      );
  }

  async #answer(feature: Feature, params: unknown, token: CancellationToken): Promise<unknown> {
    const malformed = malformedPart(params);
    if (malformed !== undefined)
      throw new ResponseError(ErrorCodes.InvalidParams, `${feature.method}: ${malformed}`);
    const version = this.#versionOf(params);
    await nextTurn();
    refuseCancelled(token);
    try {
      const answer = await this.#ask(feature, params, token);
      refuseCancelled(token);
      this.#refuseOutdated(params, version);
      return plainAnswer(answer ?? null);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      logFailure(this.#connection, feature.method, error);
      throw new ResponseError(
        LSPErrorCodes.RequestFailed,
        `${feature.method} failed: ${plainFailure(errorText(error))}`,
      );
    }
  }

  #ask(feature: Feature, params: unknown, token: CancellationToken): unknown {
    // Which parameters a method has is what the protocol says; the table of features pairs them.
    if ("workspace" in feature) return feature.workspace(this.#state.context(token), params as never);
    const uri = uriOf(params);
    if (uri === undefined) return null;
    if (this.#state.workspace.kindOf(uri) === "config") {
      const context = this.#state.configContext(uri, token);
      return context && feature.config?.(context, params as never);
    }
    const context = this.#state.procedureContext(uri, token);
    return context && feature.procedure?.(context, params as never);
  }

  #versionOf(params: unknown): number | undefined {
    const uri = uriOf(params);
    return uri === undefined ? undefined : this.#state.workspace.openDocument(uri)?.version;
  }

  /** Positions of an answer that took its time may be those of a text that is gone. */
  #refuseOutdated(params: unknown, version: number | undefined): void {
    if (this.#versionOf(params) === version) return;
    throw new ResponseError(LSPErrorCodes.ContentModified, "The document has changed meanwhile.");
  }
}

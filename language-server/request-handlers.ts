import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { errorText } from "#common/error-text.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { Feature } from "./feature.ts";
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
        this.#answer(feature, params, token),
      );
  }

  async #answer(feature: Feature, params: unknown, token: CancellationToken): Promise<unknown> {
    // A cancel that is already on its way is read before the work begins.
    await new Promise((resolve) => setTimeout(resolve, 0));
    refuseCancelled(token);
    try {
      const answer = await this.#ask(feature, params, token);
      refuseCancelled(token);
      return answer ?? null;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.#connection.console.error(
        `${feature.method} failed: ${error instanceof Error ? error.stack : errorText(error)}`,
      );
      throw new ResponseError(LSPErrorCodes.RequestFailed, `${feature.method} failed: ${errorText(error)}`);
    }
  }

  #ask(feature: Feature, params: unknown, token: CancellationToken): unknown {
    // Which parameters a method has is what the protocol says; the table of features pairs them.
    if ("workspace" in feature) return feature.workspace(this.#state.context(token), params as never);
    const uri = uriOf(params);
    if (uri === undefined) return null;
    if (fileKindOf(uri) === "config") {
      const context = this.#state.configContext(uri, token);
      return context && feature.config?.(context, params as never);
    }
    const context = this.#state.procedureContext(uri, token);
    return context && feature.procedure?.(context, params as never);
  }
}

function refuseCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

function uriOf(params: unknown): string | undefined {
  const document = (params as { textDocument?: { uri?: unknown } } | null | undefined)?.textDocument;
  return typeof document?.uri === "string" ? document.uri : undefined;
}

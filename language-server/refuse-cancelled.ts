import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Ends a request that the client does not want any more. */
export function refuseCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

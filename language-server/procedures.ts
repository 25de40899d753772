import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { describeProcedures, type ProcedureSummary } from "#language/declarations/describe-procedures.ts";
import {
  type DescribeProceduresParams,
  describeProceduresMethod,
} from "#protocol/editor/describe-procedures.ts";
import { moduleSources } from "./declaration-worker/module-sources.ts";
import type { LanguageHost } from "./host.ts";

/** Answers which procedures a source declares, each with its inputs, for run buttons and input forms. */
export function answerProcedures(connection: Connection, host: LanguageHost): void {
  connection.onRequest(
    describeProceduresMethod,
    async (
      params: DescribeProceduresParams,
      token: CancellationToken,
    ): Promise<readonly ProcedureSummary[]> => {
      const cancel = new AbortController();
      // A token that was cancelled before tells it nobody.
      if (token.isCancellationRequested) cancel.abort();
      const listener = token.onCancellationRequested(() => cancel.abort());
      try {
        return await describe(params, host, cancel.signal);
      } catch (error) {
        if (!cancel.signal.aborted) throw error;
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
      } finally {
        listener.dispose();
      }
    },
  );
}

/** Without a slot, so that no other request for the same file takes the place of this one. */
async function describe(
  { source, file, uri }: DescribeProceduresParams,
  host: LanguageHost,
  signal: AbortSignal,
): Promise<readonly ProcedureSummary[]> {
  const modules =
    uri === undefined ? {} : await moduleSources(uri, source, (module) => host.readFile(module));
  const evaluated = await host.evaluator.evaluate({ uri: uri ?? file, text: source, modules }, signal);
  return describeProcedures(evaluated).procedures;
}

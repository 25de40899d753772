import type { CancellationToken, Connection } from "vscode-languageserver";
import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import { describeProcedures, type ProcedureSummary } from "#language/declarations/describe-procedures.ts";
import {
  type DescribeProceduresParams,
  describeProceduresMethod,
} from "#protocol/editor/describe-procedures.ts";

/** Answers which procedures a source declares, each with its inputs, for run buttons and input forms. */
export function answerProcedures(connection: Connection, evaluator: DeclarationEvaluator): void {
  connection.onRequest(
    describeProceduresMethod,
    async (
      { source, file }: DescribeProceduresParams,
      token: CancellationToken,
    ): Promise<readonly ProcedureSummary[]> => {
      const cancel = new AbortController();
      const listener = token.onCancellationRequested(() => cancel.abort());
      try {
        const evaluated = await evaluator.evaluate({ uri: file, text: source }, cancel.signal);
        return describeProcedures(evaluated).procedures;
      } finally {
        listener.dispose();
      }
    },
  );
}

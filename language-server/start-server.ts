import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createNodeEvaluator } from "./declaration-worker/node-evaluator.ts";
import { editorFiles, withReviewedFiles } from "./editor-files.ts";
import { logFailure } from "./failures.ts";
import { nodeHost } from "./node-host.ts";
import { answerProcedures } from "./procedures.ts";
import { serveLanguage } from "./serve-language.ts";

/**
 * Serves over whatever the arguments of the process name (`--stdio`, `--node-ipc`); resolves when the connection has
 * ended. `declarationWorker` is the file of the worker that evaluates declarations.
 */
export async function startLanguageServer(declarationWorker: string): Promise<void> {
  const connection = createConnection(ProposedFeatures.all);
  const files = withReviewedFiles(nodeHost, editorFiles(connection));
  const evaluator = createNodeEvaluator({ worker: declarationWorker });
  const host = { ...nodeHost, ...files, evaluator };
  answerProcedures(connection, host);
  const ended = new Promise<void>((resolve) => connection.onExit(resolve));
  const server = serveLanguage(connection, host);
  // A fault in work that nobody waits for costs that work, not the server.
  const survive = (error: unknown): void => logFailure(connection, "The language server", error);
  process.on("uncaughtException", survive);
  await ended;
  process.off("uncaughtException", survive);
  server.dispose();
  host.evaluator.dispose();
}

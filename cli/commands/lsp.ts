import { startLanguageServer } from "#language-server/start-server.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { declarationWorker } from "../declaration-worker.ts";

/** `lsp --stdio`: serves until the client ends it. */
export async function serveLanguage(): Promise<ExitCode> {
  await startLanguageServer(declarationWorker);
  return exitCodes.done;
}

import { startStdioServer } from "#language-server/start-server.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";

/** `lsp --stdio`: serves until the client ends it. */
export async function serveLanguage(): Promise<ExitCode> {
  await startStdioServer();
  return exitCodes.done;
}

import path from "node:path";
import { startLanguageServer } from "#language-server/start-server.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";

/** `lsp --stdio`: serves until the client ends it. The bundles of `dist/` stand beside each other. */
export async function serveLanguage(): Promise<ExitCode> {
  await startLanguageServer(path.resolve(import.meta.dirname, "../language-server/declaration-worker.cjs"));
  return exitCodes.done;
}

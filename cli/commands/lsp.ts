import path from "node:path";
import { startLanguageServer } from "#language-server/start-server.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { sandboxSetup } from "../sandbox-setup.ts";

/** `lsp --stdio`: serves until the client ends it. */
export async function serveLanguage(): Promise<ExitCode> {
  await startLanguageServer(path.join(sandboxSetup.runtimeFolder, "lua.wasm"));
  return exitCodes.done;
}

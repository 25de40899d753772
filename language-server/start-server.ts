import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createFileCheck } from "#language/diagnostics/check-file.ts";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { serveLanguage } from "./language-server.ts";

/**
 * Serves over whatever the arguments of the process name (`--stdio`, `--node-ipc`); resolves when the connection has
 * ended. `wasm` is the path of the Lua module.
 */
export async function startLanguageServer(wasm: string): Promise<void> {
  const check = createFileCheck(await createWasmEngineFactory({ wasm }));
  const connection = createConnection(ProposedFeatures.all);
  const ended = new Promise<void>((resolve) => connection.onExit(resolve));
  const server = serveLanguage(connection, check);
  await ended;
  server.dispose();
}

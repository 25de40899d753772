import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createFileCheck } from "#language/diagnostics/check-file.ts";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { serveLanguage } from "./language-server.ts";
import { answerProcedures } from "./procedures.ts";

/**
 * Serves over whatever the arguments of the process name (`--stdio`, `--node-ipc`); resolves when the connection has
 * ended. `wasm` is the path of the Lua module.
 */
export async function startLanguageServer(wasm: string): Promise<void> {
  const createEngine = await createWasmEngineFactory({ wasm });
  const check = createFileCheck(createEngine);
  const connection = createConnection(ProposedFeatures.all);
  answerProcedures(connection, createEngine);
  const ended = new Promise<void>((resolve) => connection.onExit(resolve));
  const server = serveLanguage(connection, check);
  await ended;
  server.dispose();
}

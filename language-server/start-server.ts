import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { nodeHost } from "./node-host.ts";
import { answerProcedures } from "./procedures.ts";
import { serveLanguage } from "./serve-language.ts";

/**
 * Serves over whatever the arguments of the process name (`--stdio`, `--node-ipc`); resolves when the connection has
 * ended. `wasm` is the path of the Lua module.
 */
export async function startLanguageServer(wasm: string): Promise<void> {
  const connection = createConnection(ProposedFeatures.all);
  answerProcedures(connection, wasm);
  const ended = new Promise<void>((resolve) => connection.onExit(resolve));
  const server = serveLanguage(connection, nodeHost);
  await ended;
  server.dispose();
}

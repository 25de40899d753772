import { script } from "inline-worker:language-server/declaration-worker/browser-worker.ts";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from "vscode-languageserver/browser";
import { createBrowserEvaluator } from "../declaration-worker/browser-evaluator.ts";
import { answerProcedures } from "../procedures.ts";
import { serveLanguage } from "../serve-language.ts";
import { browserHost } from "./browser-host.ts";

/** Entry of the server as a worker of a browser. It ends when its worker does. */
const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
);
const host = browserHost(connection, createBrowserEvaluator(script));
answerProcedures(connection, host);
const server = serveLanguage(connection, host);
connection.onExit(() => {
  server.dispose();
  host.evaluator.dispose();
  self.close();
});

import { type Connection, type Disposable, TextDocumentSyncKind, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CheckFile } from "#language/diagnostics/check-file.ts";
import { DiagnosticsPublisher } from "./diagnostics-publisher.ts";

/** Serves one client until it leaves: text synchronisation and pushed diagnostics. */
export function serveLanguage(connection: Connection, check: CheckFile): Disposable {
  const documents = new TextDocuments(TextDocument);
  const publisher = new DiagnosticsPublisher(connection, documents, check);
  connection.onInitialize(() => ({
    capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental },
    serverInfo: { name: "tactus-studio" },
  }));
  documents.onDidChangeContent(({ document }) => publisher.schedule(document.uri));
  documents.onDidClose(({ document }) => publisher.clear(document.uri));
  documents.listen(connection);
  connection.listen();
  return publisher;
}

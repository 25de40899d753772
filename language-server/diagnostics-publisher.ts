import {
  type Connection,
  DiagnosticSeverity,
  type Diagnostic as LspDiagnostic,
  type TextDocuments,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { CheckFile } from "#language/diagnostics/check-file.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";

/** Milliseconds without a keystroke after which a document is checked. */
const quietMs = 120;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** Checks documents shortly after they changed and pushes what was found. A newer change cancels an older check. */
export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #check: CheckFile;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(connection: Connection, documents: TextDocuments<TextDocument>, check: CheckFile) {
    this.#connection = connection;
    this.#documents = documents;
    this.#check = check;
  }

  schedule(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.set(
      uri,
      setTimeout(() => this.#publish(uri), quietMs),
    );
  }

  /** Takes back what was shown for a document that is closed. */
  clear(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #publish(uri: string): void {
    this.#waiting.delete(uri);
    const document = this.#documents.get(uri);
    if (!document) return;
    const diagnostics = this.#check(document.getText(), decodeURIComponent(uri)).map(toLsp);
    void this.#connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }
}

function toLsp({ range, severity, code, source, message }: Diagnostic): LspDiagnostic {
  return { range, severity: severities[severity], code, source, message };
}

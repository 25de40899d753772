import {
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
} from "vscode-languageserver";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { ServerState } from "../server-state.ts";
import type { ServerSettings } from "../workspace/settings.ts";
import { lspDiagnostics } from "./lsp-diagnostic.ts";

/** Files that are reported together while a workspace request goes on. */
const reportedTogether = 20;

/** Milliseconds after which other work gets its turn. */
const longestSlice = 10;

/** Findings that the client asks for, each with an id that stays while they stay. */
export class DiagnosticPull {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #ids = new WeakMap<readonly Diagnostic[], string>();
  #settings: ServerSettings | undefined;
  #nextId = 1;
  #settingsNumber = 0;
  /** Workspace requests that are held open: more is reported to them as it is found out. */
  readonly #waiting = new Set<() => void>();
  #refresh: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, state: ServerState) {
    this.#connection = connection;
    this.#state = state;
    connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
      this.#report(textDocument.uri, previousResultId),
    );
    connection.languages.diagnostics.onWorkspace((params, token, _, reporter) =>
      this.#workspace(params, token, reporter),
    );
  }

  /** Findings of these files may have changed: those that were not edited themselves are asked for again. */
  changed(uris: readonly string[]): void {
    for (const wake of this.#waiting) wake();
    const isRefreshed = this.#state.client.workspace?.diagnostics?.refreshSupport === true;
    if (uris.length < 2 || !isRefreshed) return;
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#connection.languages.diagnostics.refresh();
    }, 50);
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const wake of this.#waiting) wake();
  }

  #report(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const resultId = this.#idOf(uri);
    if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: lspDiagnostics(uri, this.#state) };
  }

  #idOf(uri: string): string {
    if (this.#settings !== this.#state.settings) {
      this.#settings = this.#state.settings;
      this.#settingsNumber++;
    }
    const found = this.#state.workspace.diagnose(uri);
    const known = this.#ids.get(found) ?? String(this.#nextId++);
    this.#ids.set(found, known);
    return `${this.#settingsNumber}.${known}`;
  }

  /** Reports every file, then what changes, until the client has had enough. */
  async #workspace(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    reporter: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    const reported = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    let items = await this.#changedReports(reported, token, reporter);
    if (!reporter) return { items };
    while (!token.isCancellationRequested) {
      if (items.length > 0) reporter.report({ items });
      await this.#nextChange(token);
      items = token.isCancellationRequested ? [] : await this.#changedReports(reported, token, reporter);
    }
    return { items: [] };
  }

  async #changedReports(
    reported: Map<string, string>,
    token: CancellationToken,
    reporter: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport["items"]> {
    const { workspace } = this.#state;
    let items: WorkspaceDiagnosticReport["items"] = [];
    let sliceEnd = performance.now() + longestSlice;
    for (const uri of [...workspace.project.uris(), ...workspace.configs.uris()]) {
      if (token.isCancellationRequested) break;
      const report = this.#report(uri, reported.get(uri));
      reported.set(uri, report.resultId ?? "");
      if (report.kind === DocumentDiagnosticReportKind.Full)
        items.push({ ...report, uri, version: workspace.openDocument(uri)?.version ?? null });
      if (reporter && items.length >= reportedTogether) {
        reporter.report({ items });
        items = [];
      }
      if (performance.now() < sliceEnd) continue;
      await new Promise((resolve) => setTimeout(resolve, 0));
      sliceEnd = performance.now() + longestSlice;
    }
    return items;
  }

  #nextChange(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        cancelled.dispose();
        resolve();
      };
      const cancelled = token.onCancellationRequested(done);
      this.#waiting.add(done);
    });
  }
}

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
import { canonicalUri } from "../canonical-uri.ts";
import { nextTurn } from "../next-turn.ts";
import { refuseCancelled } from "../refuse-cancelled.ts";
import type { ServerState } from "../server-state.ts";
import { TimeSlice } from "../time-slice.ts";
import type { ServerSettings } from "../workspace/settings.ts";
import { lspDiagnostics } from "./lsp-diagnostic.ts";

type Reports = WorkspaceDiagnosticReport["items"];

/** Files that are reported together while a workspace request goes on. */
const reportedTogether = 20;

/** Findings that the client asks for, each with an id that stays while they stay. */
export class DiagnosticPull {
  readonly #state: ServerState;
  /** Ids of an earlier server, that the client may still have, must not seem to be ours. */
  readonly #session: string = Math.random().toString(36).slice(2, 8);
  readonly #ids = new WeakMap<readonly Diagnostic[], string>();
  #settings: ServerSettings | undefined;
  #nextId = 1;
  #settingsNumber = 0;
  /** Workspace requests that are held open: more is reported to them as it is found out. */
  readonly #waiting = new Set<() => void>();
  /** Counts what may have changed findings, so that nothing is missed while reports are made. */
  #changes = 0;
  #hasEnded = false;

  constructor(connection: Connection, state: ServerState) {
    this.#state = state;
    connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      const uri = canonicalUri(textDocument.uri);
      await nextTurn();
      await state.reads.of(uri);
      refuseCancelled(token);
      return this.#report(uri, previousResultId);
    });
    connection.languages.diagnostics.onWorkspace((params, token, _, reporter) =>
      this.#workspace(params, token, reporter),
    );
  }

  /** Findings may have changed. */
  changed(): void {
    this.#changes++;
    for (const wake of this.#waiting) wake();
  }

  dispose(): void {
    this.#hasEnded = true;
    this.changed();
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
    return `${this.#session}.${this.#settingsNumber}.${known}`;
  }

  /** Reports every file, then what changes, until the client has had enough. */
  async #workspace(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
    reporter: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    const reported = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
    let seen = this.#changes;
    let items = await this.#changedReports(reported, token, reporter);
    while (reporter && !token.isCancellationRequested && !this.#hasEnded) {
      if (items.length > 0) reporter.report({ items });
      if (seen === this.#changes) await this.#nextChange(token);
      seen = this.#changes;
      items = await this.#changedReports(reported, token, reporter);
    }
    refuseCancelled(token);
    return { items };
  }

  /** Reports of the files that are not as they were last reported; full ones go to the reporter as they come. */
  async #changedReports(
    reported: Map<string, string>,
    token: CancellationToken,
    reporter: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<Reports> {
    const slice = new TimeSlice();
    let items: Reports = [];
    for (const uri of this.#shownAndReported(reported)) {
      if (token.isCancellationRequested) break;
      const item = this.#changedReport(uri, reported);
      if (item) items.push(item);
      if (reporter && items.length >= reportedTogether) {
        reporter.report({ items });
        items = [];
      }
      await slice.pause();
    }
    return items;
  }

  /** Documents that are open come first. Files that are gone are reported once more, without findings. */
  #shownAndReported(reported: ReadonlyMap<string, string>): ReadonlySet<string> {
    const { workspace } = this.#state;
    const { project, configs } = workspace;
    const known = [...workspace.openUris, ...project.modulesFirst(project.uris()), ...configs.uris()];
    return new Set([...known.filter((uri) => workspace.isShown(uri)), ...reported.keys()]);
  }

  #changedReport(uri: string, reported: Map<string, string>): Reports[number] | undefined {
    const { workspace } = this.#state;
    const known = reported.get(uri);
    const document = workspace.openDocument(uri);
    const of = { uri: document?.clientUri ?? uri, version: document?.version ?? null };
    if (!workspace.isShown(uri)) {
      reported.delete(uri);
      return { kind: DocumentDiagnosticReportKind.Full, items: [], ...of };
    }
    const report = this.#report(uri, known);
    workspace.takeSymbols(uri);
    if (report.resultId !== undefined) reported.set(uri, report.resultId);
    return report.kind === DocumentDiagnosticReportKind.Full ? { ...report, ...of } : undefined;
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

import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  ProgressType,
  type PublishDiagnosticsParams,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  type WorkspaceDiagnosticReportPartialResult,
} from "vscode-languageserver/node";
import { clientCapabilities } from "./client-capabilities.ts";
import { ProcessMeter } from "./process-meter.ts";

/** Longest wait for anything, in milliseconds. */
const timeoutMs = 60_000;

/** What is left of a session's time after that, in milliseconds, no new sample is taken for. */
const budgetMs = 90_000;

/** One session with a server: a fresh process that speaks the protocol over its standard streams. */
export class Client {
  readonly connection: MessageConnection;
  readonly meter: ProcessMeter;
  readonly startedAt: number = performance.now();
  /** What is known of each document, pushed or pulled. */
  readonly findings = new Map<string, readonly Diagnostic[]>();
  capabilities: ServerCapabilities = {};
  server = "";
  readonly #process: ChildProcess;
  readonly #watchers = new Set<() => void>();
  readonly #openProgress = new Set<string | number>();
  #lastTraffic: number = performance.now();
  #hasEnded = false;

  constructor([program = "", ...args]: readonly string[], folder: string) {
    this.#process = spawn(program, args, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
    const { stdin, stdout, pid } = this.#process;
    if (!stdin || !stdout || pid === undefined) throw new Error(`${program} could not be started.`);
    this.meter = new ProcessMeter(pid);
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    stdin.on("error", () => this.#end());
    stdout.on("data", () => {
      this.#lastTraffic = performance.now();
    });
    this.#process.on("exit", () => this.#end());
    this.#listen();
  }

  /** Who serves, and how: figures of a server that pushes or takes whole texts are read differently. */
  get description(): string {
    const { workspaceDiagnostics = false } = this.capabilities.diagnosticProvider ?? {};
    const pulled = workspaceDiagnostics ? "pulled, of the workspace too" : "pulled";
    const texts = this.takesWholeTexts ? "whole texts" : "edits";
    return `${this.server}; diagnostics ${this.pulls ? pulled : "pushed"}; takes ${texts}`;
  }

  /** Whether the client asks for diagnostics, as an editor does with a server that offers it. */
  get pulls(): boolean {
    return this.capabilities.diagnosticProvider !== undefined;
  }

  get takesWholeTexts(): boolean {
    const sync = this.capabilities.textDocumentSync;
    return (typeof sync === "number" ? sync : sync?.change) !== TextDocumentSyncKind.Incremental;
  }

  /** True while there is time for another sample. */
  get hasTime(): boolean {
    return !this.#hasEnded && performance.now() - this.startedAt < budgetMs;
  }

  /** Initializes; gives the milliseconds since the process was started. */
  async initialize(folder: string): Promise<number> {
    const uri = pathToFileURL(folder).href;
    const { capabilities, serverInfo } = (await this.request("initialize", {
      processId: process.pid,
      rootUri: uri,
      rootPath: folder,
      workspaceFolders: [{ uri, name: path.basename(folder) }],
      capabilities: clientCapabilities,
    })) as InitializeResult;
    const spent = performance.now() - this.startedAt;
    this.capabilities = capabilities;
    this.server = [serverInfo?.name, serverInfo?.version].filter(Boolean).join(" ");
    this.notify("initialized", {});
    return spent;
  }

  /** The answer to a request; rejects with `timeout`, or with the error of the server. */
  async request(method: string, params: object): Promise<unknown> {
    const source = new CancellationTokenSource();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        source.cancel();
        reject(new Error("timeout"));
      }, timeoutMs);
    });
    try {
      return await Promise.race([this.connection.sendRequest(method, params, source.token), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  notify(method: string, params: object): void {
    // A server that is gone is noticed by the request that follows.
    this.connection.sendNotification(method, params).catch(() => this.#end());
  }

  store(uri: string, items: readonly Diagnostic[]): void {
    this.findings.set(uri, items);
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Resolves with the time at which a test about the findings held. */
  until(test: () => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error("timeout"));
      }, timeoutMs);
      const look = (): void => {
        if (!test()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(performance.now());
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Waits until the server has been silent for a while, with no progress under way. */
  async idle(quietMs: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    const isBusy = (): boolean =>
      this.#openProgress.size > 0 || performance.now() - this.#lastTraffic < quietMs;
    while (isBusy() && performance.now() < end && !this.#hasEnded) await pause(10);
  }

  /** Everything that the server says about the workspace, part by part. Resolves when the server ends its answer. */
  async pullWorkspace(token: string): Promise<void> {
    const type = new ProgressType<WorkspaceDiagnosticReportPartialResult>();
    const take = ({ items }: WorkspaceDiagnosticReportPartialResult): void => {
      for (const item of items) if (item.kind === "full") this.store(item.uri, item.items);
    };
    const parts = this.connection.onProgress(type, token, take);
    const params = { previousResultIds: [], partialResultToken: token };
    take((await this.request("workspace/diagnostic", params)) as WorkspaceDiagnosticReportPartialResult);
    parts.dispose();
  }

  async stop(): Promise<void> {
    this.meter.stop();
    const killed = setTimeout(() => this.#process.kill("SIGKILL"), 3000);
    if (!this.#hasEnded) {
      const ended = new Promise((resolve) => this.#process.once("exit", resolve));
      this.connection.sendRequest("shutdown").then(
        () => this.notify("exit", {}),
        () => this.#process.kill("SIGKILL"),
      );
      await ended;
    }
    clearTimeout(killed);
    this.connection.dispose();
  }

  #listen(): void {
    this.connection.onNotification("textDocument/publishDiagnostics", (pushed: PublishDiagnosticsParams) => {
      this.store(pushed.uri, pushed.diagnostics);
    });
    this.connection.onRequest((method, params) =>
      method === "workspace/configuration" ? (params as { items: unknown[] }).items.map(() => null) : null,
    );
    this.connection.onUnhandledProgress(({ token, value }) => {
      const kind = (value as { kind?: string }).kind;
      if (kind === "begin") this.#openProgress.add(token);
      if (kind === "end") this.#openProgress.delete(token);
    });
    this.connection.onNotification(() => {});
    this.connection.onError(() => this.#end());
    this.connection.listen();
  }

  #end(): void {
    this.#hasEnded = true;
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

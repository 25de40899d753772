import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  type CancellationToken,
  CancellationTokenSource,
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { editorCapabilities } from "./editor-capabilities.ts";
import { ServerCalls } from "./server-calls.ts";

const server = path.resolve(import.meta.dirname, "../../../dist/language-server/main.cjs");

export interface ClientOptions {
  /** Folders of the workspace, as URIs. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** What the editor has as section `tactus`; {@link LanguageClient.changeSettings} changes it. */
  readonly settings?: object;
  /** Home folder of the person, instead of the one of whoever runs the tests. */
  readonly home?: string;
  /** Program and arguments of another way to start the server. */
  readonly command?: readonly string[];
}

/** An editor for tests: starts the built server as a process and speaks the protocol with it, nothing more. */
export class LanguageClient {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  /** What was last pushed for each document. */
  readonly pushed = new Map<string, PublishDiagnosticsParams>();
  /** What the server asked and told. */
  readonly calls: ServerCalls;
  capabilities: InitializeResult["capabilities"] = {};
  readonly #versions = new Map<string, number>();

  private constructor({ command, home, settings }: ClientOptions) {
    const [program = "", ...args] = command ?? [process.execPath, server, "--stdio"];
    const env = home === undefined ? process.env : { ...process.env, HOME: home };
    this.process = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    const { stdin, stdout, stderr } = this.process;
    if (!stdin || !stdout || !stderr) throw new Error("The server has no pipes.");
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.calls = new ServerCalls(this.connection, settings);
    stderr.setEncoding("utf8").on("data", (text: string) => this.calls.errors.push(text));
    this.connection.onNotification("textDocument/publishDiagnostics", (pushed: PublishDiagnosticsParams) => {
      this.pushed.set(pushed.uri, pushed);
    });
    this.connection.listen();
  }

  /** Starts and initializes a server. */
  static async start(options: ClientOptions = {}): Promise<LanguageClient> {
    const { folders = [], capabilities = editorCapabilities } = options;
    const client = new LanguageClient(options);
    const result = await client.request<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: folders[0] ?? null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      capabilities,
    });
    client.capabilities = result.capabilities;
    await client.notify("initialized", {});
    return client;
  }

  request<Answer = unknown>(method: string, params?: object, token?: CancellationToken): Promise<Answer> {
    return token
      ? this.connection.sendRequest(method, params, token)
      : this.connection.sendRequest(method, params);
  }

  /** A request that is cancelled by a call. */
  cancellable<Answer = unknown>(
    method: string,
    params: object,
  ): { readonly answer: Promise<Answer>; readonly cancel: () => void } {
    const source = new CancellationTokenSource();
    return { answer: this.request<Answer>(method, params, source.token), cancel: () => source.cancel() };
  }

  /** Stops the server's process until the call that this gives: whatever was sent meanwhile arrives at once. */
  suspend(): () => void {
    this.process.kill("SIGSTOP");
    return () => this.process.kill("SIGCONT");
  }

  notify(method: string, params: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  async open(uri: string, text: string, languageId = "tactus"): Promise<void> {
    this.#versions.set(uri, 1);
    await this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Sends edits of an open document, each in the text that the ones before it have made. */
  async edit(uri: string, changes: ReadonlyArray<{ range?: Range; text: string }>): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: changes });
  }

  async close(uri: string): Promise<void> {
    await this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** The findings of a document, pulled. */
  async diagnose(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    return report.kind === "full" ? report.items : [];
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) };
    return this.request("textDocument/diagnostic", params);
  }

  async changeSettings(settings: object): Promise<void> {
    this.calls.settings = settings;
    await this.notify("workspace/didChangeConfiguration", { settings: { tactus: settings } });
  }

  /** Ends the server as an editor does; gives its exit code. */
  async stop(): Promise<number | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return exitCode;
    const ended = once(this.process, "exit");
    await this.request("shutdown");
    await this.notify("exit", {});
    const [code] = await ended;
    this.connection.dispose();
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const killed = setTimeout(() => this.process.kill("SIGKILL"), 5000);
    await this.stop().catch(() => this.process.kill("SIGKILL"));
    clearTimeout(killed);
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type InitializeResult,
  type MessageConnection,
  MessageType,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { processorMilliseconds } from "../support/lsp/process-use.ts";
import { clientCapabilities } from "./client-capabilities.ts";

/** Memory of the server after a garbage collection, in bytes. */
export interface MemoryUse {
  readonly rss: number;
  readonly heapUsed: number;
}

const root = path.resolve(import.meta.dirname, "../..");
const command = [
  "--expose-gc",
  "--require",
  path.join(import.meta.dirname, "collect-garbage.cjs"),
  path.join(root, "dist/language-server/main.cjs"),
  "--stdio",
];

/** The built server as a process of its own, as an editor has it, and what it complains of. */
export class ServerProcess {
  readonly connection: MessageConnection;
  readonly capabilities: InitializeResult["capabilities"];
  /** What was last pushed for each document. */
  readonly published = new Map<string, PublishDiagnosticsParams>();
  /** Errors that the server logged, and whatever it wrote to standard error. */
  readonly complaints: string[];
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
  readonly #process: ChildProcess;
  #isStopping = false;

  private constructor(
    child: ChildProcess,
    connection: MessageConnection,
    complaints: string[],
    { capabilities }: InitializeResult,
  ) {
    this.#process = child;
    this.connection = connection;
    this.complaints = complaints;
    this.capabilities = capabilities;
    this.ended = endOf(child);
    // A process that ends after its last test is no failure of anything.
    this.ended.catch(() => {});
    connection.onNotification("textDocument/publishDiagnostics", (pushed: PublishDiagnosticsParams) => {
      this.published.set(pushed.uri, pushed);
    });
  }

  /** Starts a server over a folder; resolves when it is initialized. */
  static async start(folder: string): Promise<ServerProcess> {
    const child = spawn(process.execPath, command, { cwd: folder, stdio: ["pipe", "pipe", "pipe", "ipc"] });
    if (!child.stdin || !child.stdout) throw new Error("The server has no pipes.");
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const complaints = listenForComplaints(child, connection);
    connection.onRequest((method, params) => answerServer(method, params));
    connection.listen();
    const uri = pathToFileURL(folder).href;
    const result = await Promise.race([
      connection.sendRequest<InitializeResult>("initialize", {
        processId: process.pid,
        rootUri: uri,
        workspaceFolders: [{ uri, name: path.basename(folder) }],
        capabilities: clientCapabilities,
      }),
      endOf(child),
    ]);
    await connection.sendNotification("initialized", {});
    return new ServerProcess(child, connection, complaints, result);
  }

  /** Asks for the findings of the whole workspace part by part, as an editor does, and lets the server go on with it. */
  streamFindings(): void {
    if (this.capabilities.diagnosticProvider?.workspaceDiagnostics !== true) return;
    const params = { previousResultIds: [], partialResultToken: "findings of the workspace" };
    this.connection.sendRequest("workspace/diagnostic", params).catch((error: unknown) => {
      if (!this.#isStopping) this.complaints.push(`workspace/diagnostic: ${String(error)}`);
    });
  }

  /**
   * Begins to measure; the function returned gives the milliseconds that the server has worked since. Where the system
   * tells, what other programs take of the processor does not count; that it waits for ever is found by other means.
   */
  measureWork(): () => number {
    const { pid } = this.#process;
    const startedAt = performance.now();
    const passed = (): number => performance.now() - startedAt;
    if (process.platform !== "linux" || pid === undefined) return passed;
    const before = processorMilliseconds(pid);
    // Threads that collect garbage beside it count too, so that the processor's time can be the longer one. A server that
    // is gone has its own failure.
    return () => (this.#hasEnded() ? 0 : Math.min(passed(), processorMilliseconds(pid) - before));
  }

  /** Collects garbage in the server and measures what is left. */
  async measureMemory(): Promise<MemoryUse> {
    const answer = once(this.#process, "message");
    this.#process.send({ collect: true });
    const [use] = await Promise.race([answer, this.ended]);
    return use;
  }

  /** Asks the server to end; its exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    this.#isStopping = true;
    const closed = once(this.#process, "exit");
    if (this.#process.exitCode !== null) return this.#process.exitCode;
    const killed = setTimeout(() => this.kill(), 10_000);
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const [code] = await closed;
    clearTimeout(killed);
    return code;
  }

  kill(): void {
    this.#isStopping = true;
    this.#process.kill("SIGKILL");
  }

  #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}

function listenForComplaints({ stderr }: ChildProcess, connection: MessageConnection): string[] {
  const complaints: string[] = [];
  stderr?.setEncoding("utf8").on("data", (text: string) => complaints.push(`standard error: ${text}`));
  for (const method of ["window/logMessage", "window/showMessage"])
    connection.onNotification(method, ({ type, message }: { type: MessageType; message: string }) => {
      if (type === MessageType.Error) complaints.push(`${method}: ${message}`);
    });
  // Everything else (progress, refreshes) is no complaint and needs no reaction.
  connection.onNotification(() => {});
  return complaints;
}

function endOf(child: ChildProcess): Promise<never> {
  return new Promise((_resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`the server ended (${signal ?? code})`)));
  });
}

/** The client's side of requests from the server. */
function answerServer(method: string, params: unknown): unknown {
  if (method === "workspace/configuration" && isConfiguration(params)) return params.items.map(() => null);
  if (method === "workspace/applyEdit") return { applied: false };
  return null;
}

function isConfiguration(params: unknown): params is { items: readonly unknown[] } {
  return typeof params === "object" && params !== null && "items" in params && Array.isArray(params.items);
}

import { type MessageConnection, MessageType } from "vscode-languageserver/node";
import { type ServerStatus, serverStatusMethod } from "#protocol/editor/server-status.ts";

/** A part of the progress that the server reports under a token. */
interface ProgressPart {
  readonly token: string | number;
  readonly value: { readonly kind?: "begin" | "report" | "end"; readonly title?: string };
}

/** What the server asks of the editor and tells it beside findings, kept for tests to look at. */
export class ServerCalls {
  /** Answered to `workspace/configuration`. */
  settings: object | undefined;
  /** How often each method was called by the server. */
  readonly counts = new Map<string, number>();
  /** Logged errors and whatever was written to standard error. */
  readonly errors: string[] = [];
  readonly statuses: ServerStatus[] = [];
  readonly progress: ProgressPart[] = [];
  /** Capabilities that the server registered later: method and options. */
  readonly registered: Array<{ readonly method: string; readonly registerOptions?: unknown }> = [];

  constructor(connection: MessageConnection, settings: object | undefined) {
    this.settings = settings;
    connection.onRequest((method, params) => this.#answer(method, params));
    connection.onUnhandledProgress(({ token, value }) => {
      this.progress.push({ token, value: value as ProgressPart["value"] });
    });
    connection.onNotification(serverStatusMethod, (status: ServerStatus) => {
      this.statuses.push(status);
    });
    connection.onNotification("window/logMessage", ({ type, message }: { type: number; message: string }) => {
      if (type === MessageType.Error) this.errors.push(message);
    });
  }

  countOf(method: string): number {
    return this.counts.get(method) ?? 0;
  }

  /** Whether the server has said that nothing goes on in the background. */
  get isQuiescent(): boolean {
    return this.statuses.at(-1)?.quiescent === true;
  }

  #answer(method: string, params: unknown): unknown {
    this.counts.set(method, this.countOf(method) + 1);
    if (method === "workspace/configuration")
      return (params as { items: unknown[] }).items.map(() => this.settings ?? null);
    if (method === "client/registerCapability")
      this.registered.push(...(params as { registrations: ServerCalls["registered"] }).registrations);
    return null;
  }
}

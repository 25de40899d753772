import path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { DisposableList } from "#common/disposal.ts";
import { errorText } from "#common/error-text.ts";
import type { LogChannel } from "../screen/log-channel.ts";
import { notice } from "../screen/notices.ts";
import { offeringCommands } from "./client-commands.ts";
import { documentSelector } from "./document-selector.ts";
import { LanguageStatus, showingStatus } from "./language-status.ts";
import { isReviewed, serveFiles } from "./served-files.ts";
import { tellingTrust } from "./workspace-trust.ts";

/**
 * The life of the language server. What belongs to one server is in a list of its own, so that a restart leaves
 * nothing behind. The client's code is loaded after the extension has started, since it takes longer than all else.
 */
export class LanguageClientLife {
  readonly #extensionFolder: string;
  readonly #log: LogChannel;
  readonly #ofExtension = new DisposableList();
  readonly #status: LanguageStatus;
  #ofClient = new DisposableList();
  #client: Promise<LanguageClient | undefined> = Promise.resolve(undefined);

  constructor(extensionFolder: string, log: LogChannel) {
    this.#extensionFolder = extensionFolder;
    this.#log = log;
    this.#status = this.#ofExtension.add(new LanguageStatus());
    this.#ofExtension.add(
      vscode.commands.registerCommand("tactus.restartLanguageServer", async () => {
        await this.#stop();
        this.start();
      }),
    );
  }

  /** Starts the server; a failure is told, and the rest of the extension goes on without it. */
  start(): void {
    this.#status.starting();
    this.#client = this.#start().catch((error: unknown) => {
      this.#log.error("The language server did not start", error);
      this.#status.stopped(errorText(error));
      void notice.error(`The Tactus language server did not start: ${errorText(error)}`);
      return undefined;
    });
  }

  /** Sends a request of ours. Undefined when there is no server, or it can't answer. */
  async request<Answer>(method: string, params: object): Promise<Answer | undefined> {
    const client = await this.#client;
    try {
      return await client?.sendRequest<Answer>(method, params);
    } catch (error) {
      this.#log.warn(`${method} was not answered: ${errorText(error)}`);
      return undefined;
    }
  }

  async dispose(): Promise<void> {
    await this.#stop();
    await this.#ofExtension.dispose();
  }

  async #start(): Promise<LanguageClient | undefined> {
    const life = this.#ofClient;
    const { State } = await import("vscode-languageclient/node");
    const client = await createClient(this.#extensionFolder, this.#log);
    const commands = offeringCommands(["tactus.run", "tactus.runSpecification", "tactus.showManifest"]);
    client.registerFeatures([commands, showingStatus, tellingTrust(client)]);
    life.add(this.#status.follow(client));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) this.#status.stopped("The server has ended. Restart it to go on.");
    });
    life.add({ dispose: () => client.dispose() });
    life.add(serveFiles(client, isReviewed));
    if (life.disposed) return undefined;
    await client.start();
    return client;
  }

  async #stop(): Promise<void> {
    const ended = this.#ofClient;
    this.#ofClient = new DisposableList();
    await ended.dispose();
  }
}

async function createClient(extensionFolder: string, log: LogChannel): Promise<LanguageClient> {
  const { LanguageClient, TransportKind } = await import("vscode-languageclient/node");
  const module = path.join(extensionFolder, "dist", "language-server", "main.cjs");
  return new LanguageClient(
    "tactus",
    "Tactus Language Server",
    { module, transport: TransportKind.stdio, args: ["--stdio"] },
    {
      documentSelector,
      outputChannel: log,
      markdown: { isTrusted: false, supportHtml: false },
    },
  );
}

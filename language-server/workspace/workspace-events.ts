import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from "vscode-languageserver";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { type WorkspaceTrust, workspaceTrustMethod } from "#protocol/editor/workspace-trust.ts";
import { canonicalUri } from "../canonical-uri.ts";
import { inBackground } from "../failures.ts";
import { type FindingsChanged, folderUri, type ServerState } from "../server-state.ts";
import { readSettings } from "./settings.ts";
import type { WorkspaceScan } from "./workspace-scan.ts";

/** The language that editors give to texts of ours, also to those that have no name yet. */
const procedureLanguage = "tactus";

/** Listens to what changes: documents, files on the disk, folders, settings. */
export class WorkspaceEvents {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #scan: WorkspaceScan;
  readonly #changed: FindingsChanged;

  constructor(connection: Connection, state: ServerState, scan: WorkspaceScan, changed: FindingsChanged) {
    this.#connection = connection;
    this.#state = state;
    this.#scan = scan;
    this.#changed = changed;
  }

  listen(): void {
    const { workspace } = this.#state;
    this.#connection.onDidOpenTextDocument(
      ({ textDocument: { uri: clientUri, languageId, version, text } }) => {
        const uri = canonicalUri(clientUri);
        const kind = fileKindOf(uri) ?? (languageId === procedureLanguage ? "procedure" : undefined);
        if (!kind) return;
        const changed = workspace.opened({ uri, clientUri, kind, version, text });
        const around = this.#around(uri);
        this.#state.reads.add(uri, around);
        this.#inBackground(`Reading what is around ${uri}`, () => around);
        this.#changed(changed, uri);
      },
    );
    this.#connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const uri = canonicalUri(textDocument.uri);
      this.#changed(workspace.changed(uri, textDocument.version, contentChanges), uri);
      this.#inBackground(`Reading the modules of ${uri}`, () => this.#modules(uri));
    });
    this.#connection.onDidCloseTextDocument(({ textDocument }) => {
      const uri = canonicalUri(textDocument.uri);
      if (workspace.isOpen(uri))
        this.#reading(`Reading ${uri} again`, async () => [uri, ...(await workspace.closed(uri))]);
    });
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const change of changes) this.#fileChanged(change);
    });
    this.#connection.onNotification(workspaceTrustMethod, ({ isTrusted }: WorkspaceTrust) => {
      const changed = workspace.trustChanged(isTrusted);
      if (changed.length > 0) this.#changed(changed);
    });
    this.#connection.onDidChangeConfiguration(({ settings }) =>
      this.#inBackground("Reading the settings", () => this.#settings(settings)),
    );
  }

  /** The client is ready: what needs its help comes now. */
  initialized(): void {
    const { client, folders } = this.#state;
    this.#inBackground("Asking the client to watch", () => this.#register());
    if (client.workspace?.workspaceFolders)
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        this.#foldersChanged(
          added.map(({ uri }) => folderUri(uri)),
          removed.map(({ uri }) => folderUri(uri)),
        ),
      );
    this.#inBackground("Reading the settings", () => this.#settings(undefined));
    this.#inBackground("Reading the workspace", () => this.#scan.folders(folders));
  }

  async #register(): Promise<void> {
    const { workspace } = this.#state.client;
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: "tactus" });
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration)
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          { globPattern: "**/*.tac" },
          { globPattern: "**/*.tac.{yml,yaml}" },
          { globPattern: "**/.tactus/config.yml" },
          // Of a folder that is removed, editors tell nothing but its own name.
          { globPattern: "**/*", kind: WatchKind.Delete },
        ],
      });
  }

  #fileChanged({ uri: clientUri, type }: FileEvent): void {
    const { workspace } = this.#state;
    const uri = canonicalUri(clientUri);
    if (type === FileChangeType.Deleted)
      this.#forget((known) => known === uri || known.startsWith(`${uri}/`));
    else if (fileKindOf(uri)) this.#reading(`Reading ${uri} again`, () => workspace.reload(uri));
  }

  #foldersChanged(added: readonly string[], removed: readonly string[]): void {
    const kept = this.#state.folders.filter((folder) => !removed.includes(folder));
    this.#state.folders = [...kept, ...added];
    const isIn = (uri: string, folders: readonly string[]): boolean =>
      folders.some((folder) => uri.startsWith(`${folder}/`));
    this.#forget((uri) => isIn(uri, removed) && !isIn(uri, this.#state.folders));
    this.#inBackground("Reading the workspace", () => this.#scan.folders(added));
  }

  /** Takes away files that are gone, those that are open excepted. */
  #forget(isGone: (uri: string) => boolean): void {
    const { workspace } = this.#state;
    const gone = [...workspace.project.uris(), ...workspace.configs.uris()].filter(
      (uri) => isGone(uri) && !workspace.isOpen(uri),
    );
    const changed = gone.flatMap((uri) => [uri, ...workspace.removed(uri)]);
    if (changed.length > 0) this.#changed([...new Set(changed)]);
  }

  /** Reads what belongs to a document that was opened. */
  async #around(uri: string): Promise<void> {
    const { workspace } = this.#state;
    if (workspace.kindOf(uri) === "config") {
      this.#changed(await workspace.loadAroundConfig(uri));
      return;
    }
    const configured = await workspace.loadConfiguration(uri);
    if (configured.length > 0) this.#changed(configured);
    await this.#modules(uri);
  }

  async #modules(uri: string): Promise<void> {
    const { workspace } = this.#state;
    const changed = [...(await workspace.loadModules(uri)), ...(await workspace.loadEmbedded(uri))];
    if (changed.length > 0) this.#changed([...new Set([uri, ...changed])]);
  }

  async #settings(pushed: unknown): Promise<void> {
    const { client, workspace } = this.#state;
    const section = client.workspace?.configuration
      ? await this.#connection.workspace.getConfiguration("tactus")
      : (pushed as { tactus?: unknown } | null | undefined)?.tactus;
    if (section === undefined || section === null) return;
    const settings = readSettings(section);
    if (JSON.stringify(settings) === JSON.stringify(this.#state.settings)) return;
    this.#state.settings = settings;
    this.#changed([...workspace.project.uris(), ...workspace.configs.uris()]);
  }

  #reading(aim: string, read: () => Promise<readonly string[]>): void {
    this.#inBackground(aim, async () => this.#changed(await read()));
  }

  #inBackground(aim: string, work: () => Promise<unknown>): void {
    inBackground(this.#connection, aim, work);
  }
}

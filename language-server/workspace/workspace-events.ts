import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
} from "vscode-languageserver";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { type ServerState, withoutSlash } from "../server-state.ts";
import { readSettings } from "./settings.ts";
import type { WorkspaceScan } from "./workspace-scan.ts";

/** Listens to what changes: documents, files on the disk, folders, settings. */
export class WorkspaceEvents {
  readonly #connection: Connection;
  readonly #state: ServerState;
  readonly #scan: WorkspaceScan;
  readonly #changed: (uris: readonly string[]) => void;

  constructor(
    connection: Connection,
    state: ServerState,
    scan: WorkspaceScan,
    changed: (uris: readonly string[]) => void,
  ) {
    this.#connection = connection;
    this.#state = state;
    this.#scan = scan;
    this.#changed = changed;
  }

  listen(): void {
    const { workspace } = this.#state;
    this.#connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      if (!fileKindOf(uri)) return;
      this.#changed(workspace.opened({ uri, version, text }));
      void this.#around(uri);
    });
    this.#connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      this.#changed(workspace.changed(uri, version, contentChanges));
      void this.#modules(uri);
    });
    this.#connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      void workspace.closed(uri).then((uris) => this.#changed([uri, ...uris]));
    });
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri, type } of changes) {
        if (!fileKindOf(uri)) continue;
        if (type === FileChangeType.Deleted) this.#changed([uri, ...workspace.removed(uri)]);
        else void workspace.reload(uri).then((uris) => this.#changed(uris));
      }
    });
    this.#connection.onDidChangeConfiguration(({ settings }) => this.#settings(settings));
  }

  /** The client is ready: what needs its help comes now. */
  initialized(): void {
    const { client, folders } = this.#state;
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration)
      void this.#connection.client.register(DidChangeConfigurationNotification.type, { section: "tactus" });
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          { globPattern: "**/*.tac" },
          { globPattern: "**/*.tac.{yml,yaml}" },
          { globPattern: "**/.tactus/config.yml" },
        ],
      });
    if (client.workspace?.workspaceFolders)
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => withoutSlash(uri)));
        const fresh = added.map(({ uri }) => withoutSlash(uri));
        this.#state.folders = [...this.#state.folders.filter((folder) => !gone.has(folder)), ...fresh];
        this.#forget(gone);
        void this.#scan.folders(fresh);
      });
    void this.#settings(undefined);
    void this.#scan.folders(folders);
  }

  /** Files of folders that were taken out of the workspace, those that are open excepted. */
  #forget(folders: ReadonlySet<string>): void {
    const { workspace } = this.#state;
    const gone = [...workspace.project.uris(), ...workspace.configs.uris()].filter((uri) =>
      [...folders].some((folder) => uri.startsWith(`${folder}/`)),
    );
    for (const uri of gone) this.#changed([uri, ...workspace.removed(uri)]);
  }

  /** Reads what belongs to a document that was opened. */
  async #around(uri: string): Promise<void> {
    const { workspace, folders } = this.#state;
    if (fileKindOf(uri) === "config") {
      await workspace.configs.prepare();
      this.#changed([uri]);
      return;
    }
    const configured = await workspace.loadConfiguration(uri, folders);
    if (configured.length > 0) this.#changed(configured);
    await this.#modules(uri);
  }

  async #modules(uri: string): Promise<void> {
    const changed = await this.#state.workspace.loadModules(uri);
    if (changed.length > 0) this.#changed([uri, ...changed]);
  }

  async #settings(pushed: unknown): Promise<void> {
    const { client, workspace } = this.#state;
    const section = client.workspace?.configuration
      ? await this.#connection.workspace.getConfiguration("tactus")
      : (pushed as { tactus?: unknown } | null | undefined)?.tactus;
    if (section === undefined || section === null) return;
    this.#state.settings = readSettings(section);
    this.#changed([...workspace.openUris]);
    if (client.workspace?.diagnostics?.refreshSupport) this.#connection.languages.diagnostics.refresh();
  }
}

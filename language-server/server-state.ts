import type { CancellationToken, ClientCapabilities, InitializeParams } from "vscode-languageserver";
import { canonicalUri } from "./canonical-uri.ts";
import type { ConfigContext, ProcedureContext, ServerContext } from "./feature.ts";
import type { LanguageHost } from "./host.ts";
import type { PositionEncoding } from "./positions.ts";
import { refuseCancelled } from "./refuse-cancelled.ts";
import { TimeSlice } from "./time-slice.ts";
import { PendingReads } from "./workspace/pending-reads.ts";
import { defaultSettings, readSettings, type ServerSettings } from "./workspace/settings.ts";
import { Workspace } from "./workspace/workspace.ts";

/** Told when findings may have changed; `edited` is the document whose edit by the client is the cause. */
export type FindingsChanged = (uris: readonly string[], edited?: string) => void;

/** What the server knows: the client, its settings, its folders, the files. */
export class ServerState {
  readonly host: LanguageHost;
  readonly workspace: Workspace;
  readonly reads: PendingReads = new PendingReads();
  client: ClientCapabilities = {};
  settings: ServerSettings = defaultSettings;

  constructor(host: LanguageHost) {
    this.host = host;
    this.workspace = new Workspace(host);
  }

  /** Folders of the workspace, as URIs without a `/` at the end. */
  get folders(): readonly string[] {
    return this.workspace.folders;
  }

  set folders(folders: readonly string[]) {
    this.workspace.folders = folders;
  }

  initialize(params: InitializeParams, encoding: PositionEncoding): void {
    this.client = params.capabilities;
    this.workspace.encoding = encoding;
    const folders =
      params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.folders = folders.map(folderUri);
    if (params.initializationOptions !== undefined && params.initializationOptions !== null)
      this.settings = readSettings(params.initializationOptions);
  }

  context(token: CancellationToken): ServerContext {
    const { workspace, host, settings, client, folders } = this;
    const slice = new TimeSlice();
    return {
      project: workspace.project,
      host,
      settings,
      client,
      folders,
      token,
      pause: async () => {
        await slice.pause();
        refuseCancelled(token);
      },
      positionsOf: (uri) => workspace.positionsOf(uri),
      textOf: (uri) => workspace.textOf(uri),
      configReading: () => workspace.configs.prepare(),
    };
  }

  procedureContext(uri: string, token: CancellationToken): ProcedureContext | undefined {
    const file = this.workspace.project.procedure(uri);
    const positions = this.workspace.positionsOf(uri);
    if (!file || !positions) return undefined;
    const version = this.workspace.openDocument(uri)?.version;
    return { ...this.context(token), uri, version, file, positions };
  }

  configContext(uri: string, token: CancellationToken): ConfigContext | undefined {
    const text = this.workspace.configs.textOf(uri);
    const positions = this.workspace.positionsOf(uri);
    if (text === undefined || !positions) return undefined;
    return {
      ...this.context(token),
      uri,
      version: this.workspace.openDocument(uri)?.version,
      text,
      positions,
      findings: () => this.workspace.diagnose(uri),
    };
  }
}

/** A folder's URI in the spelling by which it is known, without a `/` at the end. */
export function folderUri(uri: string): string {
  const canonical = canonicalUri(uri);
  return canonical.endsWith("/") ? canonical.slice(0, -1) : canonical;
}

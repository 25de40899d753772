import type {
  CancellationToken,
  ClientCapabilities,
  InitializeParams,
  PositionEncodingKind,
} from "vscode-languageserver";
import type { ConfigContext, ProcedureContext, ServerContext } from "./feature.ts";
import type { LanguageHost } from "./host.ts";
import { defaultSettings, readSettings, type ServerSettings } from "./workspace/settings.ts";
import { Workspace } from "./workspace/workspace.ts";

/** What the server knows: the client, its settings, its folders, the files. */
export class ServerState {
  readonly host: LanguageHost;
  readonly workspace: Workspace;
  client: ClientCapabilities = {};
  settings: ServerSettings = defaultSettings;
  /** Folders of the workspace, as URIs without a `/` at the end. */
  folders: readonly string[] = [];

  constructor(host: LanguageHost) {
    this.host = host;
    this.workspace = new Workspace(host);
  }

  initialize(params: InitializeParams, encoding: PositionEncodingKind): void {
    this.client = params.capabilities;
    this.workspace.encoding = encoding;
    const folders =
      params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.folders = folders.map(withoutSlash);
    if (params.initializationOptions !== undefined && params.initializationOptions !== null)
      this.settings = readSettings(params.initializationOptions);
  }

  context(token: CancellationToken): ServerContext {
    const { workspace, host, settings, client, folders } = this;
    return {
      project: workspace.project,
      host,
      settings,
      client,
      folders,
      token,
      positionsOf: (uri) => workspace.positionsOf(uri),
      textOf: (uri) => workspace.textOf(uri),
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
    };
  }
}

export function withoutSlash(uri: string): string {
  return uri.endsWith("/") ? uri.slice(0, -1) : uri;
}

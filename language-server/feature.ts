import type { CancellationToken, ClientCapabilities, ServerCapabilities } from "vscode-languageserver";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { Project } from "#language/project/project.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { LanguageHost } from "./host.ts";
import type { Positions } from "./positions.ts";
import type { ConfigReading } from "./workspace/config-reading.ts";
import type { ServerSettings } from "./workspace/settings.ts";

/** What every request can ask for. */
export interface ServerContext {
  readonly project: Project;
  readonly host: LanguageHost;
  readonly settings: ServerSettings;
  readonly client: ClientCapabilities;
  readonly token: CancellationToken;
  /** Folders of the workspace, as URIs without a `/` at the end. */
  readonly folders: readonly string[];
  /**
   * For loops over many files: lets whatever else has arrived go first once this request has worked for some
   * milliseconds, and ends the request when it was cancelled.
   */
  pause(): Promise<void>;
  /** Reads sidecars and configs; loaded when it is first asked for. */
  configReading(): Promise<ConfigReading>;
  /** Positions of another file; undefined when it is not known. */
  positionsOf(uri: string): Positions | undefined;
  /** A file of ours that is known, open or not. */
  textOf(uri: string): string | undefined;
}

/** What a request about a `.tac` document can ask for. */
export interface ProcedureContext extends ServerContext {
  readonly uri: string;
  readonly version: number | undefined;
  readonly file: ProcedureFile;
  readonly positions: Positions;
}

/** What a request about a sidecar or a config can ask for. */
export interface ConfigContext extends ServerContext {
  readonly uri: string;
  readonly version: number | undefined;
  readonly text: string;
  readonly positions: Positions;
  /** What is wrong in it. */
  findings(): readonly Diagnostic[];
}

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/** A request about one document. A handler that is missing answers `null`, which is "nothing here". */
export interface DocumentFeature<Params extends DocumentParams, Answer> {
  readonly method: string;
  readonly capabilities: (client: ClientCapabilities) => Partial<ServerCapabilities>;
  readonly procedure?: (context: ProcedureContext, params: Params) => Answer | Promise<Answer>;
  readonly config?: (context: ConfigContext, params: Params) => Answer | Promise<Answer>;
}

/** A request that is not about one document: it looks at the whole workspace, or resolves an earlier answer. */
export interface WorkspaceFeature<Params, Answer> {
  readonly method: string;
  readonly capabilities: (client: ClientCapabilities) => Partial<ServerCapabilities>;
  readonly workspace: (context: ServerContext, params: Params) => Answer | Promise<Answer>;
}

/** A feature of any kind, for the table of all. */
export type Feature = {
  readonly method: string;
  readonly capabilities: (client: ClientCapabilities) => Partial<ServerCapabilities>;
} & (
  | {
      readonly procedure?: (context: ProcedureContext, params: never) => unknown;
      readonly config?: (context: ConfigContext, params: never) => unknown;
    }
  | { readonly workspace: (context: ServerContext, params: never) => unknown }
);

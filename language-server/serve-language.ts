import type { Connection, Disposable, InitializeParams, InitializeResult } from "vscode-languageserver";
import { TextDocumentSyncKind } from "vscode-languageserver";
import { ClientRefresh } from "./client-refresh.ts";
import { DiagnosticPull } from "./diagnostics/diagnostic-pull.ts";
import { DiagnosticsPublisher } from "./diagnostics/diagnostics-publisher.ts";
import { features } from "./features.ts";
import type { LanguageHost } from "./host.ts";
import { negotiatedEncoding } from "./position-encoding.ts";
import { RequestHandlers } from "./request-handlers.ts";
import { type FindingsChanged, ServerState } from "./server-state.ts";
import { Evaluations } from "./workspace/evaluations.ts";
import { WorkspaceEvents } from "./workspace/workspace-events.ts";
import { WorkspaceScan } from "./workspace/workspace-scan.ts";

/** Serves one client until it leaves: documents, findings and every request of `features.ts`. */
export function serveLanguage(connection: Connection, host: LanguageHost): Disposable {
  const state = new ServerState(host);
  const publisher = new DiagnosticsPublisher(connection, state);
  const pull = new DiagnosticPull(connection, state);
  const refresh = new ClientRefresh(connection, state);
  const changed: FindingsChanged = (uris, edited) => {
    publisher.changed(uris);
    pull.changed();
    const open = uris.filter((uri) => state.workspace.isOpen(uri));
    for (const uri of open) evaluations.schedule(uri);
    if (open.some((uri) => uri !== edited)) refresh.schedule();
  };
  const evaluations = new Evaluations(state, changed);
  const scan = new WorkspaceScan(connection, state, changed);
  const events = new WorkspaceEvents(connection, state, scan, changed);
  connection.onInitialize((params) => initialize(params, state));
  connection.onInitialized(() => events.initialized());
  new RequestHandlers(connection, state).register(features);
  events.listen();
  connection.listen();
  return {
    dispose: () => {
      scan.dispose();
      evaluations.dispose();
      refresh.dispose();
      publisher.dispose();
      pull.dispose();
    },
  };
}

function initialize(params: InitializeParams, state: ServerState): InitializeResult {
  const encoding = negotiatedEncoding(params.capabilities);
  state.initialize(params, encoding);
  const supported = features.map((feature) => feature.capabilities(params.capabilities));
  return {
    capabilities: {
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        ...mergedWorkspace(supported),
      },
      ...(params.capabilities.textDocument?.diagnostic && {
        diagnosticProvider: {
          identifier: "tactus",
          interFileDependencies: true,
          workspaceDiagnostics: true,
          workDoneProgress: true,
        },
      }),
      ...Object.assign({}, ...supported.map(({ workspace: _, ...rest }) => rest)),
    },
    serverInfo: { name: "tactus-studio" },
  };
}

function mergedWorkspace(
  supported: readonly Partial<InitializeResult["capabilities"]>[],
): InitializeResult["capabilities"]["workspace"] {
  return Object.assign({}, ...supported.map(({ workspace }) => workspace ?? {}));
}

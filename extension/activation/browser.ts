import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { errorText } from "#common/error-text.ts";
import type { ManifestAnswer } from "#protocol/editor/manifest.ts";
import { ManifestView } from "../manifest-view/manifest-view.ts";
import { registerReview, reviewCommands } from "../review-view/register-review.ts";
import { browserReviews } from "../review-view/review-in-browser.ts";
import { LogChannel } from "../screen/log-channel.ts";
import { notice } from "../screen/notices.ts";
import { showMessage, showTree } from "../screen/tree-rows.ts";
import { offeringCommands } from "./client-commands.ts";
import { documentSelector } from "./document-selector.ts";
import { isInWorkspace, isReviewed, serveFiles } from "./served-files.ts";
import { tellingTrust } from "./workspace-trust.ts";

/** What every command but a restart says: a browser has no sandbox, no engine and no processes. */
const needsMachine =
  "Procedures run in a sandbox on a machine, which a browser does not have. Open this folder in VS Code on your computer, or on a remote machine, to run them; here you can write and check them.";

/** The commands that work in a browser as well. */
const restart = "tactus.restartLanguageServer";
const here: ReadonlySet<string> = new Set([restart, "tactus.showManifest"]);

/** A server that runs. */
interface Server {
  readonly client: LanguageClient;
  readonly worker: Worker;
}

let server: Server | undefined;

/** Entry of the extension in a browser: the language, without runs. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = new LogChannel("Tactus");
  context.subscriptions.push(
    log,
    ...commandsOf(context.extension)
      .filter((command) => !here.has(command) && !reviewCommands.has(command))
      .map((command) => vscode.commands.registerCommand(command, sayWhatIsNeeded)),
    vscode.commands.registerCommand(restart, async () => {
      await deactivate();
      await start(context, log);
    }),
    emptyRuns(),
    registerReview({ ...browserReviews(sayWhatIsNeeded), memory: context.workspaceState, log }),
    new ManifestView({ request: askServer, granted: async () => [] }),
  );
  await start(context, log);
}

/** Ends the server, also one that does not answer any more. */
export async function deactivate(): Promise<void> {
  const ended = server;
  server = undefined;
  try {
    await ended?.client.dispose();
  } finally {
    ended?.worker.terminate();
  }
}

/** Undefined when there is no server, or it can't answer. */
async function askServer(method: string, params: object): Promise<ManifestAnswer | null | undefined> {
  try {
    return await server?.client.sendRequest<ManifestAnswer | null>(method, params);
  } catch {
    // The view says that nothing can be told; the client's log says why.
    return undefined;
  }
}

/** A failure is told; the colours of the text stay. */
async function start({ extensionUri }: vscode.ExtensionContext, log: LogChannel): Promise<void> {
  try {
    const worker = await startWorker(
      vscode.Uri.joinPath(extensionUri, "dist", "language-server", "browser.js"),
    );
    const client = new LanguageClient("tactus", "Tactus Language Server", worker, {
      documentSelector,
      outputChannel: log,
      markdown: { isTrusted: false, supportHtml: false },
    });
    client.registerFeature(tellingTrust(client));
    client.registerFeature(offeringCommands(["tactus.showManifest"]));
    server = { client, worker };
    serveFiles(client, (uri) => isInWorkspace(uri) || isReviewed(uri));
    await client.start();
  } catch (error) {
    log.error("The language server did not start", error);
    void notice.error(`The Tactus language server did not start: ${errorText(error)}`);
  }
}

/** Out of the script's text: a worker can't be started from where the extension of a remote workspace lies. */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  const content = await vscode.workspace.fs.readFile(script);
  const url = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: "text/javascript" }));
  return new Worker(url, { name: "tactus" });
}

function commandsOf({ packageJSON }: vscode.Extension<unknown>): readonly string[] {
  const contributed: ReadonlyArray<{ readonly command: string }> = packageJSON.contributes.commands;
  return contributed.map(({ command }) => command);
}

async function sayWhatIsNeeded(): Promise<void> {
  await notice.information(needsMachine);
}

/** The view of runs is there in every window; it says why nothing is in it. */
function emptyRuns(): vscode.Disposable {
  const view = showTree<never>("tactus.runs", { getChildren: () => [], getTreeItem: (item) => item });
  showMessage(view, needsMachine);
  return view;
}

import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { DisposableList } from "#common/disposal.ts";
import type { ManifestAnswer } from "#protocol/editor/manifest.ts";
import { EditorHumans } from "../approvals/editor-humans.ts";
import { Inbox } from "../approvals/inbox.ts";
import { personAtEditor } from "../approvals/person-at-editor.ts";
import { QuestionQueue } from "../approvals/question-queue.ts";
import { registerQuestionsView } from "../approvals/questions-view.ts";
import { StoredQuestions, type WaitingRuns } from "../approvals/stored-questions.ts";
import { registerChanges } from "../changes/register-changes.ts";
import { registerDebugging } from "../debugging/register-debugging.ts";
import { editorCommands } from "../host-commands/editor-commands.ts";
import { RememberedInputs } from "../input-form/remembered-inputs.ts";
import { ManifestView } from "../manifest-view/manifest-view.ts";
import { EditorModels, editorProviders } from "../models/editor-models.ts";
import { registerReports } from "../reports/register-reports.ts";
import { type ReviewView, registerReview } from "../review-view/register-review.ts";
import { machineReviews } from "../review-view/review-on-machine.ts";
import { registerRunning } from "../running/register-running.ts";
import { RunController } from "../running/run-controller.ts";
import { tellProblem } from "../running/tell.ts";
import { earlierRuns } from "../runs-view/earlier-runs.ts";
import { registerRunsView } from "../runs-view/register-runs-view.ts";
import { type ListedRun, RunCollection } from "../runs-view/run-collection.ts";
import { LogChannel } from "../screen/log-channel.ts";
import { TextDocuments } from "../screen/text-documents.ts";
import { ModelKeys } from "../settings/model-keys.ts";
import { readSettings } from "../settings/settings.ts";
import { registerSpecifications } from "../testing/register-specifications.ts";
import { SpecificationTests } from "../testing/specification-tests.ts";
import { askGrants } from "../trust/ask-grants.ts";
import { grantedValues } from "../trust/granted-values.ts";
import { registerTrust } from "../trust/register-trust.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import { describeThrough } from "./describe-procedures.ts";
import { showDoctor } from "./doctor.ts";
import { EditorSandboxes } from "./editor-sandboxes.ts";
import { showEffectiveConfiguration } from "./effective-configuration.ts";
import { LanguageClientLife } from "./language-client.ts";
import { createRunSession } from "./run-session.ts";
import { createSpecificationSession } from "./specification-session.ts";

/** The extension while it lives. */
export interface Extension {
  readonly runs: RunCollection;
  /** Questions that wait for the person. */
  readonly inbox: Inbox;
  readonly manifest: ManifestView;
  readonly run: (uri: vscode.Uri) => Promise<ListedRun | undefined>;
  readonly review: Omit<ReviewView, "dispose">;
  dispose(): Promise<void>;
}

/** Builds every part and joins them: the only place that knows them all. */
export async function compose(context: vscode.ExtensionContext): Promise<Extension> {
  const parts = new DisposableList();
  const log = parts.add(new LogChannel("Tactus"));
  const runs = new RunCollection();
  const view = parts.add(registerRunsView(runs));
  const documents = parts.add(new TextDocuments());
  const keys = new ModelKeys(context.secrets);
  const queue = new QuestionQueue();
  const inbox = new Inbox();
  const askPerson = personAtEditor(documents);
  const models = { providers: editorProviders, service: new EditorModels() };
  const extensionFolder = context.extensionUri.fsPath;
  const languageClient = parts.add(new LanguageClientLife(extensionFolder, log));
  const describe = describeThrough(languageClient);
  const sandboxes = parts.add(new EditorSandboxes(extensionFolder));
  const controller = new RunController({
    runs,
    inputs: new RememberedInputs(context.workspaceState),
    session: createRunSession(sandboxes),
    describe,
    frontEnd: ({ file, workspaceRoot }) => ({
      secrets: keys,
      humans: new EditorHumans({
        file: vscode.workspace.asRelativePath(file),
        workspaceRoot,
        inbox,
        queue,
        askPerson,
      }),
      extraModels: [models],
      editor: editorCommands,
    }),
    askGrants: (plan, changed) => askGrants({ plan, changed }, documents),
    reveal: view.reveal,
    log,
    waits: () => refreshQuestions(),
  });
  const stored = new StoredQuestions({
    inbox,
    queue,
    askPerson,
    runs: waitingRuns(controller),
    folders: trustedFolders,
  });
  const refreshQuestions = (): void =>
    void stored.refresh().catch((error) => log.warn("The runs that wait can't be listed", error));
  parts.add(registerRunning(controller, runs));
  parts.add(registerDebugging(controller, runs));
  parts.add(registerChanges(runs, documents));
  const review = parts.add(
    registerReview({
      ...machineReviews({ documents, describe, start: (request) => controller.trial(request) }),
      memory: context.workspaceState,
      log,
    }),
  );
  parts.add(registerReports({ runs, desk: review.desk, extensionFolder }));
  parts.add(registerTrust(controller));
  const services = { secrets: keys, extraModels: [models], editor: editorCommands };
  const specifications = new SpecificationTests(createSpecificationSession(sandboxes, services), log);
  parts.add(specifications);
  parts.add(registerSpecifications(specifications));
  parts.add(registerQuestionsView(inbox, refreshQuestions));
  parts.add(vscode.workspace.onDidGrantWorkspaceTrust(refreshQuestions));
  parts.add(vscode.commands.registerCommand("tactus.setModelKey", () => keys.ask()));
  parts.add(registerTrustedCommand("tactus.showDoctor", () => showDoctor(extensionFolder, documents)));
  parts.add(
    vscode.commands.registerCommand("tactus.showEffectiveConfiguration", () =>
      showEffectiveConfiguration(languageClient, documents),
    ),
  );
  const manifest = parts.add(
    new ManifestView({
      request: (method, params) => languageClient.request<ManifestAnswer | null>(method, params),
      granted: grantedValues,
    }),
  );
  parts.add({ dispose: () => endRuns(runs, inbox) });
  languageClient.start();
  void listEarlierRuns(runs, log);
  refreshQuestions();
  return { runs, inbox, manifest, review, run: (uri) => controller.run(uri), dispose: () => parts.dispose() };
}

/** Milliseconds for runs that wait for a person to end in order. */
const asideMs = 1000;

/** A run does not outlive its editor: its container goes with it. One that waits for a person goes on another time. */
async function endRuns(runs: RunCollection, inbox: Inbox): Promise<void> {
  if (inbox.questions.length > 0) {
    inbox.putAllAside();
    await Promise.race([Promise.all(runs.active.flatMap(({ finished }) => finished ?? [])), delay(asideMs)]);
  }
  const active = runs.active;
  for (const run of active) run.cancel?.();
  for (const { finished } of active) await finished;
}

/** Runs of a folder that is not trusted don't go on by themselves: its journals could say anything. */
function trustedFolders(): readonly string[] {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}

/** The code is loaded when it is needed, not when the editor starts. */
function waitingRuns(controller: RunController): WaitingRuns {
  const load = (): Promise<typeof import("#runs/session/waiting-questions.ts")> =>
    import("#runs/session/waiting-questions.ts");
  return {
    questions: async (root) => (await load()).waitingQuestions(root),
    store: async (root, asked, value) => (await load()).storeAnswer(root, asked, value),
    resume: async (root, run) => void (await controller.resume(root, run)),
    tell: async (problem, root) => void (await tellProblem(problem, root)),
  };
}

async function listEarlierRuns(runs: RunCollection, log: LogChannel): Promise<void> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== "file") continue;
    try {
      runs.addEarlier(await earlierRuns(uri.fsPath, readSettings(uri).listedRuns));
    } catch (error) {
      log.warn("The earlier runs can't be listed", error);
    }
  }
}

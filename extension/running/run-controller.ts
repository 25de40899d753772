import * as vscode from "vscode";
import type { FrontEndServices } from "#runs/session/broker-services.ts";
import type { RunHandle, RunRequest } from "#runs/session/session.ts";
import type { RunNode } from "#runs/tree/run-node.ts";
import type { AskGrants } from "#runs/trust/plan-granted.ts";
import { askInputs, type InputValues } from "../input-form/input-form.ts";
import type { RememberedInputs } from "../input-form/remembered-inputs.ts";
import type { ListedRun, RunCollection } from "../runs-view/run-collection.ts";
import type { LogChannel } from "../screen/log-channel.ts";
import { notice } from "../screen/notices.ts";
import { whileUnderWay } from "../screen/status-items.ts";
import { readSettings } from "../settings/settings.ts";
import { isRefusedInRestrictedMode } from "../trust/restricted-mode.ts";
import { changedFields } from "./changed-fields.ts";
import { askState } from "./edit-state.ts";
import { entryProcedure } from "./entry-procedure.ts";
import { savedProcedure } from "./procedure-file.ts";
import { runRequest } from "./run-request.ts";
import type {
  DescribeProcedures,
  ResumedRun,
  RunSession,
  SessionServices,
  StartedRun,
} from "./run-session.ts";
import { tellEnd, tellProblem } from "./tell.ts";

export interface RunControllerParts {
  readonly runs: RunCollection;
  readonly inputs: RememberedInputs;
  readonly session: RunSession;
  readonly describe: DescribeProcedures;
  /** What the editor brings to a run: keys, models, the person. */
  readonly frontEnd: (request: RunRequest) => FrontEndServices;
  /** Asks what to grant to the files of a folder, before a run. */
  readonly askGrants: AskGrants;
  readonly reveal: (run: RunNode) => Promise<void>;
  readonly log: LogChannel;
  /** Called when a run ended and waits. */
  readonly waits: () => void;
}

/** Starts runs for the commands of the editor: the file saved, the inputs asked for, problems told. */
export class RunController {
  readonly #parts: RunControllerParts;

  constructor(parts: RunControllerParts) {
    this.#parts = parts;
  }

  /**
   * Runs a procedure of a file, or the entry point of the one in the active editor. Undefined when nothing was started.
   */
  async run(target?: vscode.Uri, procedure?: string): Promise<ListedRun | undefined> {
    if (isRefusedInRestrictedMode()) return undefined;
    const document = await savedProcedure(target);
    if (!document) return undefined;
    const input = await this.askInputs(document, procedure);
    if (!input) return undefined;
    return (await this.#start(requestFor(document.uri, input, procedure)))?.listed;
  }

  /** Starts a run that somebody debugs; `chosen` is what their configuration says of it. Undefined when nothing was started. */
  async debug(
    file: vscode.Uri,
    chosen: Partial<RunRequest> & Pick<RunRequest, "input">,
    services: SessionServices,
  ): Promise<RunHandle | undefined> {
    if (isRefusedInRestrictedMode()) return undefined;
    const request = { ...requestFor(file, chosen.input), ...chosen };
    return (await this.#start(request, services))?.started.handle;
  }

  /** Makes a run of the past again for somebody who looks at a moment of it. */
  async replay(...given: Parameters<RunSession["replay"]>): Promise<void> {
    if (vscode.workspace.isTrusted) await this.#parts.session.replay(...given);
  }

  /** Runs what follows a checkpoint of a run of the past, as a new run that somebody debugs. */
  async debugFrom(
    from: { readonly workspaceRoot: string; readonly run: string; readonly checkpoint: number },
    services: SessionServices,
  ): Promise<ResumedRun | undefined> {
    if (isRefusedInRestrictedMode()) return undefined;
    const { workspaceRoot } = from;
    const forked = await this.#parts.session.fork({ ...from, state: {} });
    if (!forked.ok) {
      await tellProblem(forked.error, workspaceRoot);
      return undefined;
    }
    return (await this.#resume(workspaceRoot, forked.value, services))?.resumed;
  }

  /** Runs what a row of the view stands for once more: with the same inputs when they are known. */
  async again({ request, tree, workspaceRoot }: ListedRun): Promise<ListedRun | undefined> {
    const { content } = tree.root;
    const file = request?.file ?? content.file;
    if (!file || isRefusedInRestrictedMode()) return undefined;
    if (request?.trial) return (await this.#start(request))?.listed;
    if (content.kind === "run" && content.revision !== undefined) {
      void notice.information("It was a trial of a change: review the change, and run it from there.");
      return undefined;
    }
    const uri = vscode.Uri.joinPath(vscode.Uri.file(workspaceRoot), request ? "" : file);
    if (!request) return this.run(uri);
    const document = await savedProcedure(vscode.Uri.file(file));
    if (!document) return undefined;
    return (await this.#start(requestFor(document.uri, request.input, request.procedure)))?.listed;
  }

  /** Runs files of a change that is under review: nothing is granted, so nothing is asked. */
  async trial(request: RunRequest): Promise<ListedRun | undefined> {
    if (isRefusedInRestrictedMode()) return undefined;
    return (await this.#start(request))?.listed;
  }

  /** Goes on with a run of the past: its journal answers for what it did, its person for what it asked. */
  async resume(workspaceRoot: string, run: string): Promise<ListedRun | undefined> {
    if (isRefusedInRestrictedMode()) return undefined;
    return (await this.#resume(workspaceRoot, run))?.listed;
  }

  async #resume(
    workspaceRoot: string,
    run: string,
    services: SessionServices = {},
  ): Promise<{ readonly listed: ListedRun; readonly resumed: ResumedRun } | undefined> {
    const { session, frontEnd, runs, reveal, log } = this.#parts;
    const resumed = await whileUnderWay({ viewId: "tactus.runs" }, () =>
      session.resume({ workspaceRoot, run }, (request) => ({ ...frontEnd(request), ...services })),
    );
    if (!resumed.ok) {
      log.warn(`${run} was not resumed: ${resumed.error.code}`);
      await tellProblem(resumed.error, workspaceRoot);
      return undefined;
    }
    const { handle, request, earlier } = resumed.value;
    const listed = runs.follow(handle, request, earlier);
    void reveal(listed.tree.root);
    void this.#accompany(listed, resumed.value, request);
    return { listed, resumed: resumed.value };
  }

  /** Starts a new run at a checkpoint of an earlier one, with the state that the person makes of the one there. */
  async fork({ tree, workspaceRoot }: ListedRun, checkpoint: number): Promise<ListedRun | undefined> {
    if (isRefusedInRestrictedMode()) return undefined;
    const { session, log } = this.#parts;
    const { id: run } = tree.root;
    const before = await session.stateBehind({ workspaceRoot, run }, checkpoint);
    const after = await askState(before, checkpoint);
    if (!after) return undefined;
    const forked = await session.fork({
      workspaceRoot,
      run,
      checkpoint,
      state: changedFields(before, after),
    });
    if (forked.ok) return this.resume(workspaceRoot, forked.value);
    log.warn(`${run} was not forked: ${forked.error.code}`);
    await tellProblem(forked.error, workspaceRoot);
    return undefined;
  }

  /** Asks again what to grant to the files that count for a procedure, also what was decided before. */
  async reviewGrants(target?: vscode.Uri): Promise<void> {
    const document = await savedProcedure(target);
    if (!document) return;
    const request = requestFor(document.uri, {});
    const reviewed = await this.#parts.session.review(request, this.#parts.askGrants);
    if (!reviewed.ok) await tellProblem(reviewed.error, request.workspaceRoot);
    else if (reviewed.value === "nothing asked")
      void notice.information("Nothing here asks for more than a run gets anyway.");
  }

  /** Asks for the inputs of a procedure, and remembers them; undefined when the person closed the question. */
  async askInputs(
    document: vscode.TextDocument,
    procedure: string | undefined,
  ): Promise<InputValues | undefined> {
    const { describe, inputs } = this.#parts;
    const procedures = await describe(document.getText(), document.uri.fsPath);
    const chosen =
      procedure === undefined
        ? entryProcedure(procedures)
        : procedures.find(({ name }) => name === procedure);
    const fields = chosen?.fields ?? [];
    if (fields.length === 0) return {};
    const title = `Run ${vscode.workspace.asRelativePath(document.uri)}`;
    const values = await askInputs(title, fields, inputs.of(document.uri.fsPath));
    if (values) await inputs.keep(document.uri.fsPath, values);
    return values;
  }

  async #start(
    request: RunRequest,
    services: SessionServices = {},
  ): Promise<{ readonly listed: ListedRun; readonly started: StartedRun } | undefined> {
    const { session, frontEnd, askGrants, runs, reveal, log } = this.#parts;
    const started = await whileUnderWay({ viewId: "tactus.runs" }, () =>
      session.start(request, { ...frontEnd(request), ...services }, askGrants),
    );
    if (!started.ok) {
      log.warn(`${request.file} was not started: ${started.error.code}`);
      const choice = await tellProblem(started.error, request.workspaceRoot, request.trial !== undefined);
      return choice === "embedded" ? this.#start({ ...request, isolation: "embedded" }, services) : undefined;
    }
    if (!started.value) return undefined;
    const listed = runs.follow(started.value.handle, request);
    void reveal(listed.tree.root);
    void this.#accompany(listed, started.value, request);
    return { listed, started: started.value };
  }

  /** Says what the person should know while it runs, and how it ended. */
  async #accompany(
    run: ListedRun,
    { handle, notices, ungranted }: StartedRun,
    request: RunRequest,
  ): Promise<void> {
    for (const notice of notices) this.#parts.log.warn(`${run.tree.root.id}: ${notice}`);
    for (const { capability, target } of ungranted)
      this.#parts.log.info(`${run.tree.root.id}: not granted: ${capability} ${target}`);
    const end = await handle.finished;
    if (end.status === "waiting") this.#parts.waits();
    await tellEnd(end, request, ungranted);
  }
}

function requestFor(uri: vscode.Uri, input: InputValues, procedure?: string): RunRequest {
  return runRequest({
    file: uri.fsPath,
    folder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
    trusted: vscode.workspace.isTrusted,
    settings: readSettings(uri),
    input,
    procedure,
  });
}

import * as vscode from "vscode";
import type { Result } from "#common/result.ts";
import { fail, ok } from "#common/result.ts";
import type { TestedFile } from "#protocol/reports/test-report.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { savedProcedure } from "../running/procedure-file.ts";
import { problemMessage } from "../running/start-problem.ts";
import { tellProblem } from "../running/tell.ts";
import type { LogChannel } from "../screen/log-channel.ts";
import { createTestView, markProblem } from "../screen/test-rows.ts";
import { readSettings } from "../settings/settings.ts";
import { isRefusedInRestrictedMode } from "../trust/restricted-mode.ts";
import { type ScenarioOutcome, scenarioOutcomes } from "./scenario-outcome.ts";
import { showOutcome } from "./show-outcome.ts";
import { SpecificationItems } from "./specification-items.ts";
import { specificationRequest } from "./specification-request.ts";
import type { SpecificationRequest, SpecificationSession } from "./specification-session.ts";

/** A run of tests while it is under way. */
interface TestsUnderWay {
  readonly run: vscode.TestRun;
  readonly request: vscode.TestRunRequest;
  readonly signal: AbortSignal;
  /** The person asked for the weaker isolation, for this once. */
  readonly isolation: "embedded" | undefined;
}

interface Refused {
  readonly problem: StartProblem;
  readonly workspaceRoot: string;
}

/** Specifications in the editor's test view: what is chosen is run, and shown at its lines. */
export class SpecificationTests {
  readonly #session: SpecificationSession;
  readonly #log: LogChannel;
  readonly #controller = createTestView("tactus.specifications", "Tactus Specifications");
  readonly #items = new SpecificationItems(this.#controller);
  readonly #ending = new AbortController();
  readonly #active = new Set<Promise<unknown>>();

  constructor(session: SpecificationSession, log: LogChannel) {
    this.#session = session;
    this.#log = log;
    const run = async (request: vscode.TestRunRequest): Promise<void> => void (await this.run(request));
    this.#controller.createRunProfile("Run in Sandbox", vscode.TestRunProfileKind.Run, run, true);
    this.#controller.resolveHandler = (item) => (item ? undefined : this.#items.find());
    this.#controller.refreshHandler = () => this.#items.find();
  }

  /** Runs all scenarios of a file, or those of a name. */
  runFile(uri: vscode.Uri, scenario: string | undefined): Promise<readonly ScenarioOutcome[]> {
    const file = this.#items.file(uri);
    const named = scenario === undefined ? undefined : { id: scenario, name: scenario };
    return this.run(new vscode.TestRunRequest([named ? this.#items.scenario(file, named) : file]));
  }

  /** Runs what is chosen, file after file, and shows how it went. */
  async run(request: vscode.TestRunRequest, isolation?: "embedded"): Promise<readonly ScenarioOutcome[]> {
    if (isRefusedInRestrictedMode()) return [];
    const running = this.#run(request, isolation);
    this.#active.add(running);
    try {
      return await running;
    } finally {
      this.#active.delete(running);
    }
  }

  /** Ends what is under way, then everything. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#active);
    this.#controller.dispose();
  }

  async #run(request: vscode.TestRunRequest, isolation: "embedded" | undefined) {
    const run = this.#controller.createTestRun(request);
    const cancelled = new AbortController();
    const listening = run.token.onCancellationRequested(() => cancelled.abort());
    const signal = AbortSignal.any([cancelled.signal, this.#ending.signal]);
    const outcomes: ScenarioOutcome[] = [];
    let refused: Refused | undefined;
    try {
      for (const item of this.#chosen(request)) {
        if (signal.aborted) break;
        const tested = await this.#runItem(item, { run, request, signal, isolation });
        if (tested.ok) outcomes.push(...tested.value);
        else refused ??= tested.error;
      }
    } finally {
      listening.dispose();
      run.end();
    }
    if (refused) void this.#tell(refused, request);
    return outcomes;
  }

  /** A scenario that is chosen with its file runs once. */
  #chosen({ include, exclude = [] }: vscode.TestRunRequest): vscode.TestItem[] {
    const given = include ?? this.#items.files;
    return given.filter(
      (item) => !exclude.includes(item) && !(item.parent !== undefined && given.includes(item.parent)),
    );
  }

  async #runItem(
    item: vscode.TestItem,
    underWay: TestsUnderWay,
  ): Promise<Result<readonly ScenarioOutcome[], Refused>> {
    const { run, signal, isolation } = underWay;
    const document = item.uri && (await savedProcedure(item.uri));
    if (!document) return ok([]);
    run.started(item);
    for (const [, scenario] of item.children) run.started(scenario);
    const request = requestFor(document.uri, this.#items.scenarioOf(item), isolation);
    const tested = await this.#session.run(request, signal);
    if (!tested.ok) {
      this.#log.warn(`The specifications of ${request.file} were not run: ${tested.error.code}`);
      const { text } = problemMessage(tested.error, vscode.workspace.isTrusted);
      markProblem(run, item, "errored", { text, line: tested.error.line });
      return fail({ problem: tested.error, workspaceRoot: request.workspaceRoot });
    }
    const [report] = tested.value.files;
    return ok(report ? this.#show(item, report, underWay) : []);
  }

  /** The scenarios of the report take the place of those that were known, when all of them ran. */
  #show(item: vscode.TestItem, report: TestedFile, { run, request }: TestsUnderWay): ScenarioOutcome[] {
    const file = item.parent ?? item;
    const outcomes = scenarioOutcomes(report);
    const shown = outcomes.map((outcome) => ({ outcome, scenario: this.#items.scenario(file, outcome) }));
    if (item === file && !report.error) file.children.replace(shown.map(({ scenario }) => scenario));
    for (const { outcome, scenario } of shown) {
      if (!request.exclude?.includes(scenario)) showOutcome(run, scenario, outcome);
    }
    if (report.error) {
      const { code, message, line } = report.error;
      markProblem(run, item, "errored", { text: `${code}: ${message}`, line });
    }
    return outcomes;
  }

  async #tell({ problem, workspaceRoot }: Refused, request: vscode.TestRunRequest): Promise<void> {
    const choice = await tellProblem(problem, workspaceRoot);
    if (choice === "embedded") await this.run(request, "embedded");
  }
}

function requestFor(
  uri: vscode.Uri,
  scenario: string | undefined,
  isolation: "embedded" | undefined,
): SpecificationRequest {
  return specificationRequest({
    file: uri.fsPath,
    folder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
    settings: readSettings(uri),
    scenario,
    isolation,
  });
}

import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DebugNotice } from "#protocol/debugging/notices.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import { DebugLink } from "#runs/debugging/debug-link.ts";
import type { RunHandle } from "#runs/session/session.ts";
import { BreakpointBook } from "./breakpoint-book.ts";
import type { DebugHost, DebugStart } from "./debug-host.ts";
import { Frames, type ViewedFrame } from "./frames.ts";
import { type LaunchArguments, programOf, workspaceOf } from "./launch-arguments.ts";
import { LiveRun } from "./live/live-run.ts";
import { stepInNames } from "./live/step-in-targets.ts";
import { stoppedEvent } from "./live/stopped-event.ts";
import { AdapterProblem, noSuchMoment, nothingDebugged, notStopped, startFailed } from "./problems.ts";
import { Questions } from "./questions.ts";
import { PastView } from "./record/past-view.ts";
import { readRecord } from "./record/read-record.ts";
import { Replay } from "./record/replay.ts";
import { ReplayedView } from "./record/replayed-view.ts";
import { RunRecord } from "./record/run-record.ts";
import { TimeTravel } from "./record/time-travel.ts";
import { type SendEvent, tellEvent, tellNotice, tellPlaced } from "./run-news.ts";
import { Sources } from "./sources.ts";
import { References } from "./values/container.ts";
import { procedureThread, type Stack, type StackPage, type View } from "./view.ts";

/**
 * One debug session: a run that goes on, a run of the past, or both. Its record grows with the run's events; the client
 * stands in the present, or at a moment of the record.
 */
export class DebugSession {
  readonly breakpoints = new BreakpointBook();
  readonly references = new References();
  readonly frames = new Frames();
  readonly #host: DebugHost;
  readonly #send: SendEvent;
  #launch: LaunchArguments | undefined;
  #sources: Sources | undefined;
  #questions: Questions;
  #record = new RunRecord();
  #time = new TimeTravel(this.#record, this.breakpoints);
  #run: RunHandle | undefined;
  #live: LiveRun | undefined;
  /** The moment of the past at which the client stands, made again, and what ends that. */
  #replay: Replay | undefined;
  #pastEnd = new AbortController();
  /** Settles when nothing is left of any sandbox of this session. */
  #over: Promise<unknown> = Promise.resolve();
  /** Names that the client was offered to step into. */
  #targets: readonly string[] = [];
  /** What is to be done once the client has set its breakpoints. */
  #begin = (): void => {};

  constructor(host: DebugHost, send: SendEvent) {
    this.#host = host;
    this.#send = send;
    this.#questions = this.#newQuestions();
  }

  get sources(): Sources {
    if (!this.#sources) throw nothingDebugged();
    return this.#sources;
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** The run in its sandbox, while there is one. */
  get live(): LiveRun | undefined {
    return this.#live;
  }

  /** Starts a procedure, or opens a run of the past; returns when breakpoints can be set. */
  async launch(launch: LaunchArguments): Promise<void> {
    if (this.#launch) throw new AdapterProblem("debug-started", "This session debugs something already.");
    this.#launch = launch;
    this.#sources = new Sources(workspaceOf(launch));
    if (launch.run === undefined) {
      // The sandbox is there, and nothing runs in it: it finds the lines of the breakpoints that are set now.
      await this.#start(programStart(launch));
      this.#begin = () => this.#letRun();
    } else {
      this.#remember(await readRecord(workspaceOf(launch), launch.run));
      this.#time.open(launch.checkpoint);
      this.#begin = () => this.#tellMoment("entry");
    }
    this.#send("initialized");
  }

  /** The client has set its breakpoints. */
  configured(): void {
    const begin = this.#begin;
    this.#begin = () => {};
    begin();
  }

  /**
   * Begins again: a procedure from its start, a run of the past from the moment at which the client stands, with the code
   * as it is now.
   */
  async restart(launch: LaunchArguments | undefined): Promise<void> {
    if (!this.#launch) throw nothingDebugged();
    await this.#endRun();
    this.#launch = launch ?? this.#launch;
    if (this.#launch.run === undefined) await this.#startAgain(programStart(this.#launch));
    else await this.#runOn(this.#launch.run, { stop: true });
  }

  /** Cancels the run; its sandbox goes away. */
  terminate(): void {
    if (this.#run) this.#run.cancel();
    else this.#send("terminated");
  }

  /** The client leaves: the sandbox is gone when this settles. With `suspend`, a run that waits for a person goes on waiting. */
  async leave({ suspend }: { readonly suspend: boolean }): Promise<void> {
    this.#forgetNumbers();
    if (suspend && this.#questions.putAside()) await this.#run?.finished;
    await this.#endRun();
    await this.#over;
  }

  /** Threads of the run, and the questions that wait for a person. */
  async threads(): Promise<readonly DebugProtocol.Thread[]> {
    const live = this.#time.position === undefined ? ((await this.#live?.threads()) ?? []) : [];
    const [started] = this.#record.events;
    const name = started?.type === "run.started" ? `${started.procedure} (${started.run})` : "procedure";
    const own = live.length > 0 ? live.map((one) => ({ id: one.id, name: one.name })) : [];
    return [...(own.length > 0 ? own : [{ id: procedureThread, name }]), ...this.#questions.threads];
  }

  /** Files of the workspace that the run has loaded. */
  async loadedSources(): Promise<readonly DebugProtocol.Source[]> {
    const recorded = this.#record.events.flatMap((event) =>
      event.type === "run.started" ? [event.file] : "at" in event && event.at ? [event.at.file] : [],
    );
    const files = new Set([...recorded, ...((await this.#live?.sources()) ?? [])]);
    return [...files].flatMap((file) => this.sources.source(file) ?? []);
  }

  /** What a thread shows. */
  viewOfThread(thread: number): View {
    return this.#questions.view(thread, this.sources, this.references) ?? this.#view();
  }

  /** The frames of a thread, in the client's numbers. */
  async stack(thread: number, page: StackPage): Promise<Stack> {
    const view = this.viewOfThread(thread);
    const { stackFrames, ...rest } = await view.stack(thread, page);
    const numbered = stackFrames.map((shown) => {
      const { path } = shown.source ?? {};
      const place = path === undefined ? undefined : { path, line: shown.line };
      return { ...shown, id: this.frames.add({ view, frame: shown.id, place }) };
    });
    return { stackFrames: numbered, ...rest };
  }

  /** What a frame of the client is. */
  frame(id: number): ViewedFrame {
    const frame = this.frames.get(id);
    // The client may ask about a stop that is over.
    if (!frame) throw notStopped();
    return frame;
  }

  /** The view behind a frame of the client, or what stands in front of it when it names none. */
  lookAt(id: number | undefined): { readonly view: View; readonly frame: number | undefined } {
    return id === undefined ? { view: this.#view(), frame: undefined } : this.frame(id);
  }

  /** To the checkpoint before, out of the journal: nothing is called. */
  stepBack(): void {
    this.#time.back();
    this.#tellMoment("step");
  }

  /** Back to a breakpoint. */
  reverseContinue(): void {
    this.#time.backToStop();
    this.#tellMoment("step");
  }

  /** Goes to a moment of the record. */
  goTo(position: number): void {
    this.#time.goTo(position);
    this.#tellMoment("goto");
  }

  /** Steps the run, or to the next checkpoint of its record. */
  async step(thread: number, to: "over" | "in" | "out"): Promise<void> {
    if (this.#time.position === undefined) await this.#present.step(thread, to);
    else if (this.#time.forward("next")) this.#tellMoment("step");
    else await this.#leaveRecord({ stop: true });
  }

  /** On to a breakpoint, or out of the record. */
  async continue(): Promise<void> {
    if (this.#time.position === undefined) await this.#present.continue();
    else if (this.#time.forward("stop")) this.#tellMoment("step");
    else await this.#leaveRecord({ stop: false });
  }

  async pause(): Promise<void> {
    await this.#present.pause();
  }

  /** What a step from a frame can lead into. */
  async stepInTargets(frame: number): Promise<readonly DebugProtocol.StepInTarget[]> {
    const { place } = this.frame(frame);
    this.#targets = place && this.#live ? await stepInNames(place.path, place.line, this.#record) : [];
    return this.#targets.map((label, index) => ({ id: index + 1, label }));
  }

  /** Steps into what a name stands for, or over the line when that does not call it. */
  async stepInto(thread: number, target: number): Promise<void> {
    const name = this.#targets[target - 1];
    if (name === undefined) throw noSuchMoment("such target");
    await this.#present.stepInto(thread, name, this.breakpoints);
  }

  get #present(): LiveRun {
    if (!this.#live) throw nothingDebugged();
    return this.#live;
  }

  #view(): View {
    const { position } = this.#time;
    if (position === undefined) return this.#present.view;
    const { sources, references } = this;
    const view = PastView.at({ record: this.#record, position, sources, references });
    if (!view) throw notStopped();
    return this.#replay ? new ReplayedView(view, this.#replay.view) : view;
  }

  /** Behind the last moment is the present: where the run stands, or where one of the past is run on. */
  async #leaveRecord({ stop }: { readonly stop: boolean }): Promise<void> {
    const stood = this.#live?.stop;
    const ended = this.#record.moments.at(-1)?.kind === "end";
    const run = this.#launch?.run;
    if (stood) {
      this.#time.leave();
      this.#forgetNumbers();
      this.#tellLater({ ...stoppedEvent(stood), reason: "step" });
    } else if (run !== undefined && !ended) await this.#runOn(run, { stop });
    else this.#send("terminated");
  }

  /** Tells the client at which moment it stands, once the run was made again up to there. */
  #tellMoment(reason: string): void {
    this.#forgetNumbers();
    const { signal } = this.#pastEnd;
    const replay = this.#makeAgain(signal);
    this.#over = Promise.all([this.#over, replay?.over]);
    void (replay?.landed ?? Promise.resolve(false)).then((landed) => {
      if (signal.aborted) return;
      this.#replay = landed ? replay : undefined;
      this.#tellLater(this.#time.stoppedEvent(reason));
    });
  }

  /** The moment in a sandbox of its own, when it is a checkpoint. */
  #makeAgain(signal: AbortSignal): Replay | undefined {
    const moment = this.#record.moments[this.#time.position ?? 0];
    const [started] = this.#record.events;
    if (moment?.kind !== "checkpoint" || started?.type !== "run.started") return undefined;
    const start = { workspaceRoot: workspaceOf(this.#launch ?? {}), run: started.run, to: moment.seq };
    const record = new RunRecord(this.#record.events.filter(({ seq }) => seq <= moment.seq));
    const { sources, references } = this;
    const target = { host: this.#host, checkpoint: moment.checkpoint.index, start };
    return new Replay(target, { record, sources, references }, signal);
  }

  /** The client hears of a stop after the answer to the request that led there. */
  #tellLater(stopped: object): void {
    setImmediate(() => this.#send("stopped", stopped));
  }

  #forgetNumbers(): void {
    this.#replay = undefined;
    this.#pastEnd.abort();
    this.#pastEnd = new AbortController();
    this.references.clear();
    this.frames.clear();
  }

  /**
   * The same run once more up to the checkpoint at which the client stands, out of its journal, and from there with the
   * code as it is now. With `stop` it stops where that checkpoint is made.
   */
  async #runOn(run: string, { stop }: { readonly stop: boolean }): Promise<void> {
    const { checkpoint } = this.#time.checkpoint ?? {};
    if (!checkpoint) throw noSuchMoment("checkpoint to go on from");
    const start = { kind: "fork", run, checkpoint: checkpoint.index, launch: this.#launch ?? {} } as const;
    await this.#startAgain(start, stop ? checkpoint.index : undefined);
  }

  /** With the breakpoints that the client has set. */
  async #startAgain(start: DebugStart, until?: number): Promise<void> {
    await this.#start(start);
    tellPlaced((await this.#live?.setAll(this.breakpoints)) ?? [], this.#send);
    this.#letRun(until);
  }

  #letRun(until?: number): void {
    const begun =
      until === undefined
        ? this.#live?.begin(this.#launch?.stopOnEntry ?? false)
        : this.#live?.beginUntil(until, this.breakpoints);
    // What ends before it has begun says so by its last event.
    begun?.catch(() => undefined);
  }

  async #start(start: DebugStart): Promise<void> {
    this.#questions = this.#newQuestions();
    const link = start.launch.noDebug ? undefined : new DebugLink();
    const humans = this.#questions;
    const started = await this.#host.start(start, { humans, ...(link && { debugger: link }) });
    if (!started.ok) throw startFailed(started.error);
    if (!started.value) return this.#send("terminated");
    const { handle, earlier } = started.value;
    this.#remember(new RunRecord(earlier));
    this.#run = handle;
    this.#over = Promise.all([this.#over, handle.finished]);
    if (link) this.#debug(link);
    handle.onEvent((event) => this.#happened(handle, event));
    // A run that ended before its sandbox was there has nobody who would answer its debugger.
    void handle.finished.then(() => link?.close());
  }

  #remember(record: RunRecord): void {
    this.#record = record;
    this.#time = new TimeTravel(record, this.breakpoints);
    this.#forgetNumbers();
  }

  #debug(link: DebugLink): void {
    const { sources, references, record } = this;
    const live = new LiveRun({ debugger: link, record, sources, references }, (notice) =>
      this.#noticed(live, notice),
    );
    this.#live = live;
  }

  #happened(run: RunHandle, event: RunEvent): void {
    if (run !== this.#run) return;
    this.#record.append(event);
    this.#questions.apply(event);
    if (event.type === "run.finished") this.#forgetRun();
    tellEvent(event, this.sources, this.#send);
  }

  #noticed(live: LiveRun, notice: DebugNotice): void {
    if (live !== this.#live) return;
    if (notice.notice === "stopped") this.#time.leave();
    if (notice.notice === "stopped" || notice.notice === "continued") this.#forgetNumbers();
    tellNotice(notice, this.sources, this.#send);
  }

  /** Resolves when the sandbox is gone; the client hears nothing more of the run. */
  async #endRun(): Promise<void> {
    const run = this.#run;
    this.#forgetRun();
    run?.cancel();
    await run?.finished;
  }

  #forgetRun(): void {
    this.#live?.dispose();
    this.#live = undefined;
    this.#run = undefined;
  }

  #newQuestions(): Questions {
    return new Questions({
      stopped: (threadId, description) =>
        this.#send("stopped", { reason: "pause", threadId, description, preserveFocusHint: true }),
      exited: (threadId) => this.#send("thread", { reason: "exited", threadId }),
    });
  }
}

function programStart(launch: LaunchArguments): DebugStart {
  return { kind: "program", program: programOf(launch), launch };
}

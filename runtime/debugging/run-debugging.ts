import { errorText } from "#common/error-text.ts";
import type { Json, JsonObject } from "#common/json.ts";
import type { LuaFunction, LuaValue } from "#lua/engine.ts";
import type { EvaluationResult, InspectionListener, LuaThreadId } from "#lua/inspection.ts";
import type { ExceptionFilter } from "#protocol/debugging/breakpoints.ts";
import { noticeCharacters } from "#protocol/debugging/limits.ts";
import type { DebugFailure, DebugNotice, StoppedNotice } from "#protocol/debugging/notices.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import type { Interruption } from "../ports.ts";
import type { ToolCallStart } from "../recording/tool-call-log.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { BreakpointConditions, type Hit } from "./breakpoint-conditions.ts";
import { BreakpointTable } from "./breakpoint-table.ts";
import type { DebugChannel } from "./debug-channel.ts";
import { DebugCommands, type Phase } from "./debug-commands.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import { type DebuggedProgram, debuggedProgram } from "./debugged-program.ts";
import { FileLines, type KnownSources } from "./file-lines.ts";
import { InspectionDesk, type Place } from "./inspection-desk.ts";
import { Motion } from "./motion.ts";
import type { ObservedProgram, ProgramObserver } from "./program-observer.ts";
import type { KnownFailure, RunObserver } from "./run-observer.ts";
import { isLibrary, ownFrame } from "./stack-view.ts";
import { type ProgramThread, ThreadNumbers } from "./thread-numbers.ts";
import { shortened } from "./value-preview.ts";

export interface RunDebuggingOptions {
  readonly channel: DebugChannel;
  readonly sources: KnownSources;
  /** Why the run must end, when it must: then nothing stops any more. */
  readonly interruption: () => Interruption | undefined;
}

/** What a stop is about, without where it is. */
type StopReason = Omit<StoppedNotice, "notice" | "thread" | "at" | "breakpoints"> & {
  readonly breakpoints?: readonly number[];
};

const evaluating = "An expression in the debugger can't reach outside the run or make a checkpoint of it.";

/**
 * The debugger inside a run. It stops by not returning: from the hook of a line, from a function of the host, from the
 * handler of an error. Meanwhile it answers what is asked, on the same thread.
 */
export class RunDebugging implements ProgramObserver {
  readonly #options: RunDebuggingOptions;
  readonly #programs: DebuggedProgram[] = [];
  readonly #threads = new ThreadNumbers();
  readonly #breakpoints = new BreakpointTable();
  readonly #motion = new Motion();
  readonly #files: FileLines;
  readonly #desk: InspectionDesk;
  readonly #conditions: BreakpointConditions;
  readonly #commands: DebugCommands;
  #opened = 0;
  #detached = false;
  #phase: Phase = "running";
  /** Calls of tools by agents that are under way: errors in them are caught by the agent's turn. */
  #agentTools = 0;
  #evaluating = 0;
  /** An error of Lua at which the run stopped: it is not told again when it becomes the failure of a tool. */
  #toldError: string | undefined;

  constructor(options: RunDebuggingOptions) {
    this.#options = options;
    this.#files = new FileLines(options.sources);
    this.#desk = new InspectionDesk(this.#programs, this.#threads, (work) => this.#evaluate(work));
    this.#conditions = new BreakpointConditions(this.#desk);
    this.#commands = new DebugCommands({
      programs: this.#programs,
      threads: this.#threads,
      breakpoints: this.#breakpoints,
      files: this.#files,
      desk: this.#desk,
      motion: this.#motion,
    });
    options.channel.onMail = () => this.#readMail("waiting");
  }

  programOpened(observed: ObservedProgram): void {
    const program = debuggedProgram(++this.#opened, observed, (own) => this.#listener(own));
    this.#programs.push(program);
    // Breakpoints are set before anything runs.
    if (this.#opened === 1) this.#stand(() => this.#notify({ notice: "ready" }));
    this.#watch();
    if (this.#opened > 1) this.#tellThread("started", program);
  }

  programClosed(): void {
    const program = this.#programs.pop();
    if (program && this.#opened > 1) this.#tellThread("ended", program);
  }

  fileLoaded(file: string, chunk: LuaFunction): void {
    const program = this.#programs.at(-1);
    if (!program || this.#detached) return;
    const breakpoints = this.#breakpoints.place(file, this.#files.loaded(file, chunk, program));
    this.#watch();
    this.#notify({ notice: "source", file, breakpoints });
  }

  beforeTool(call: ToolCallStart): JsonObject | undefined {
    if (call.by === "agent") this.#agentTools++;
    const { tool, by, arguments: given } = call;
    const hit = this.#hits(this.#breakpoints.named("tool", tool));
    if (!hit) return undefined;
    let edited: JsonObject | undefined;
    this.#commands.editArguments = (other) => {
      edited = other;
    };
    this.#stop({ reason: "name", ...hit, tool: { tool, by, arguments: small(given) } });
    this.#commands.editArguments = undefined;
    return edited;
  }

  afterTool(call: ToolCallStart): void {
    if (call.by === "agent") this.#agentTools--;
  }

  beforeTurn(agent: string): void {
    const hit = this.#hits(this.#breakpoints.named("agent", agent));
    if (hit) this.#stop({ reason: "name", ...hit });
  }

  beforeProcedure(name: string): void {
    const hit = this.#hits(this.#breakpoints.named("procedure", name));
    if (hit) this.#stop({ reason: "name", ...hit });
  }

  beforeCheckpoint({ index, kind, name }: Parameters<RunObserver["beforeCheckpoint"]>[0]): void {
    this.#refuseToEvaluate();
    const matching = this.#breakpoints.checkpoints.filter(
      (breakpoint) =>
        (breakpoint.kind ?? kind) === kind &&
        (breakpoint.index ?? index) === index &&
        (breakpoint.name === undefined || breakpoint.name === name),
    );
    const hit = this.#hits(matching);
    if (!hit) return;
    this.#stop({
      reason: "checkpoint",
      ...hit,
      checkpoint: { index, kind, ...(name !== undefined && { name }) },
    });
  }

  beforeRequest(): void {
    this.#refuseToEvaluate();
  }

  onState(
    key: string,
    values: { readonly before: LuaValue; readonly after: LuaValue },
    set: () => void,
  ): void {
    const matching = this.#breakpoints.states.filter((breakpoint) => breakpoint.key === key);
    const before = matching.length > 0 ? this.#jsonOf(values.before) : undefined;
    set();
    const hit = this.#hits(matching);
    if (!hit) return;
    const after = this.#jsonOf(values.after);
    const state = { key, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    this.#stop({ reason: "state", ...hit, state });
  }

  failed(
    filter: KnownFailure,
    failure: { readonly code?: string | undefined; readonly message: string },
  ): void {
    const told = this.#toldError === failure.message;
    this.#toldError = undefined;
    if (told) return;
    const { code, message } = failure;
    this.#stopAtError([filter], {
      filter,
      message,
      caught: this.#agentTools > 0 || this.#isProtected(),
      ...(code !== undefined && { code }),
    });
  }

  #listener(program: () => DebuggedProgram): InspectionListener {
    const safely = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        // Nothing may be thrown through the frames of Lua; a defect of the debugger is told to the person who uses it.
        this.#notify({ notice: "logged", text: `The debugger failed: ${errorText(error)}` });
      }
    };
    return {
      onLine: (thread, line) => safely(() => this.#onLine({ program: program(), thread }, line)),
      onInstructions: () => safely(() => this.#readMail("running")),
      onCaughtError: (thread, message) => safely(() => this.#onError(program(), thread, message, true)),
      onUncaughtError: (thread, message) => safely(() => this.#onError(program(), thread, message, false)),
    };
  }

  #onLine(where: ProgramThread, line: number): void {
    const hasBreakpoint = this.#breakpoints.lines().has(line);
    if (!hasBreakpoint && !this.#motion.mayStopAt(where, line, this.#programs)) return;
    const [frame] = where.program.inspector.frames(where.thread, 0, 1);
    if (!frame || isLibrary(frame)) return;
    const hit = this.#lineHits(where, frame.chunk, line);
    const reason = hit
      ? ("breakpoint" as const)
      : this.#motion.reasonAt(where, { file: frame.chunk, line }, this.#programs);
    if (reason) this.#stop({ reason, ...hit }, where);
  }

  /** Breakpoints of a line that stop; those with a text only tell it. */
  #lineHits(where: ProgramThread, file: string, line: number): Hit | undefined {
    const frame = { program: where.program, frame: { thread: where.thread, level: 0 } };
    const stopping = this.#breakpoints.at(file, line).filter((breakpoint) => {
      if (breakpoint.logMessage === undefined) return true;
      if (this.#conditions.passes(breakpoint, frame) !== true) return false;
      const text = this.#desk.interpolated(breakpoint.logMessage, frame);
      const told = shortened(text, noticeCharacters);
      this.#notify({ notice: "logged", text: told, at: { file, line } });
      return false;
    });
    return this.#hits(stopping, frame);
  }

  #onError(program: DebuggedProgram, thread: LuaThreadId, message: string, caughtHere: boolean): void {
    const caught = caughtHere || this.#agentTools > 0 || this.#isProtected();
    const filters: ExceptionFilter[] = caught ? ["all"] : ["uncaught", "all"];
    const code = program.context.vm.raised.codeOf(message);
    const failure = { filter: "all", message, caught, ...(code !== undefined && { code }) } as const;
    this.#stopAtError(filters, failure, { program, thread });
  }

  #stopAtError(filters: readonly ExceptionFilter[], failure: DebugFailure, where?: ProgramThread): void {
    const set = this.#breakpoints.exceptions.filter(({ filter }) => filters.includes(filter));
    const hit = this.#hits(
      set.map(({ condition }) => ({ id: 0, condition })),
      where && this.#ownPlace(where),
    );
    const [first] = set;
    if (!hit || !first) return;
    const { text } = hit;
    this.#toldError = failure.filter === "all" ? failure.message : undefined;
    const message = shortened(failure.message, noticeCharacters);
    const told = { ...failure, message, filter: first.filter };
    this.#stop({ reason: "exception", failure: told, ...(text !== undefined && { text }) }, where);
  }

  /** Those that stop here, by their conditions; undefined when none does. */
  #hits(
    breakpoints: Parameters<BreakpointConditions["hit"]>[0],
    place: Place | undefined = this.#ownPlace(),
  ): Hit | undefined {
    if (breakpoints.length === 0 || this.#evaluating > 0 || !place) return undefined;
    return this.#conditions.hit(breakpoints, place);
  }

  /** Where the procedure's own code stands. */
  #ownPlace(where: ProgramThread | undefined = this.#current()): Place | undefined {
    if (!where) return undefined;
    const own = ownFrame(where);
    return { program: where.program, frame: own && { thread: where.thread, level: own.level } };
  }

  #current(): ProgramThread | undefined {
    const program = this.#programs.at(-1);
    return program && { program, thread: program.inspector.currentThread() };
  }

  /** Stands until the run is told to go on. */
  #stop(reason: StopReason, where: ProgramThread | undefined = this.#current()): void {
    if (!where || this.#detached || this.#evaluating > 0 || this.#options.interruption()) return;
    const own = ownFrame(where);
    this.#motion.clear();
    this.#stand(() => {
      this.#notify({
        notice: "stopped",
        ...reason,
        thread: this.#threads.of(where),
        breakpoints: [...(reason.breakpoints ?? [])],
        ...(own && { at: { file: own.chunk, line: own.line } }),
      });
    });
  }

  #stand(announce: () => void): void {
    const { channel } = this.#options;
    const outer = this.#phase;
    this.#phase = "standing";
    channel.stand(true);
    announce();
    for (let goes = false; !goes; ) {
      const message = channel.wait();
      goes = !message || this.#handle(message);
    }
    this.#desk.clear();
    this.#phase = outer;
    channel.stand(false);
    this.#notify({ notice: "continued" });
    this.#watch();
  }

  /** Commands that came while the run goes, or while it waits for an answer. */
  #readMail(phase: "running" | "waiting"): void {
    if (this.#phase === "standing") return;
    const outer = this.#phase;
    this.#phase = phase;
    for (let message = this.#options.channel.take(); message; message = this.#options.channel.take()) {
      this.#handle(message);
    }
    this.#phase = outer;
    if (phase === "waiting" && this.#motion.pausing && this.#programs.length > 0)
      this.#stop({ reason: "pause" });
  }

  /** Does a command and answers it; true when the run goes on by it. */
  #handle(message: DebugMessage): boolean {
    const { channel } = this.#options;
    const { id, command } = message;
    try {
      const value = this.#commands.perform(message, this.#phase);
      this.#detached ||= command === "detach";
      this.#watch();
      channel.say({ kind: "answer", id, value });
      return this.#phase === "standing" && this.#commands.resumes(message);
    } catch (thrown) {
      const code = thrown instanceof DebugRefusal ? thrown.code : "not-found";
      channel.say({ kind: "refusal", id, code, message: errorText(thrown) });
      return false;
    }
  }

  /** Asks for the hook of lines where something needs it, and for nothing where nothing does. */
  #watch(): void {
    const caught = this.#breakpoints.exceptions.some(({ filter }) => filter === "all");
    const { target } = this.#motion;
    const lines = new Set([...this.#breakpoints.lines(), ...(target ? [target.line] : [])]);
    for (const { inspector } of this.#programs) {
      inspector.watchLines(this.#motion.needsEveryLine ? "all" : lines);
      inspector.watchCaughtErrors(caught);
    }
  }

  #isProtected(): boolean {
    return this.#programs.some(({ inspector }) => inspector.isProtected());
  }

  #evaluate(work: () => EvaluationResult): EvaluationResult {
    this.#evaluating++;
    try {
      return work();
    } finally {
      this.#evaluating--;
    }
  }

  #refuseToEvaluate(): void {
    if (this.#evaluating > 0) throw new ProcedureFailure("debugger-evaluation", evaluating);
  }

  #jsonOf(value: LuaValue): Json | undefined {
    const vm = this.#programs.at(-1)?.context.vm;
    if (value === undefined || !vm) return undefined;
    try {
      return vm.encode(value, "The value", { unsupported: "omit", maximumBytes: noticeCharacters }).json;
    } catch {
      // Too large to come with a stop, or no JSON: the scopes show it.
      return undefined;
    }
  }

  #tellThread(change: "started" | "ended", program: DebuggedProgram): void {
    const id = this.#threads.of({ program, thread: 1 });
    const { file: name } = program.context;
    this.#notify({ notice: "thread", change, thread: { id, name, kind: "procedure", state: "running" } });
  }

  #notify(notice: DebugNotice): void {
    this.#options.channel.say({ kind: "notice", notice });
  }
}

/** What is too large to come with a stop is left out; the procedure's own values show it. */
function small(value: Json): Json {
  return JSON.stringify(value).length > noticeCharacters ? null : value;
}

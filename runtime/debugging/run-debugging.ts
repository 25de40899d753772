import { errorText } from "#common/error-text.ts";
import type { Json, JsonObject } from "#common/json.ts";
import type { LuaFunction, LuaValue } from "#lua/engine.ts";
import type { EvaluationResult, InspectionListener, LuaThreadId } from "#lua/inspection.ts";
import type { ExceptionFilter, PlacedBreakpoint } from "#protocol/debugging/breakpoints.ts";
import type { DebugAnswer, DebugCommandName, DebugParams } from "#protocol/debugging/commands.ts";
import type { DebugFailure, DebugNotice, StoppedNotice } from "#protocol/debugging/notices.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import type { Interruption } from "../ports.ts";
import type { ToolCallStart } from "../recording/tool-call-log.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { BreakpointTable } from "./breakpoint-table.ts";
import type { DebugChannel } from "./debug-channel.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import { type DebuggedProgram, debuggedProgram } from "./debugged-program.ts";
import { FileLines, type KnownSources } from "./file-lines.ts";
import { parseHitCondition } from "./hit-condition.ts";
import { InspectionDesk, type Place } from "./inspection-desk.ts";
import type { KnownFailure, ObservedProgram, RunObserver } from "./run-observer.ts";
import { isLibrary, ownFrame } from "./stack-view.ts";
import { endsAt, type Step } from "./stepping.ts";
import { type ProgramThread, ThreadNumbers } from "./thread-numbers.ts";

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

/** A condition and how often it counts. */
interface Conditional {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
}

/** Whether the run goes, waits for an answer of the host, or stands. */
type Phase = "running" | "waiting" | "standing";

const resuming: ReadonlySet<DebugCommandName> = new Set(["begin", "continue", "step", "run-to", "detach"]);
const evaluating = "An expression in the debugger can't reach outside the run or make a checkpoint of it.";

/**
 * The debugger inside a run. It stops by not returning: from the hook of a line, from a function of the host, from the
 * handler of an error. Meanwhile it answers what is asked, on the same thread.
 */
export class RunDebugging implements RunObserver {
  readonly #options: RunDebuggingOptions;
  readonly #programs: DebuggedProgram[] = [];
  readonly #threads = new ThreadNumbers();
  readonly #breakpoints = new BreakpointTable();
  readonly #files: FileLines;
  readonly #desk: InspectionDesk;
  #opened = 0;
  #begun = false;
  #detached = false;
  #phase: Phase = "running";
  /** Calls of tools by agents that are under way: errors in them are caught by the agent's turn. */
  #agentTools = 0;
  #evaluating = 0;
  #step: Step | undefined;
  #target: { readonly file: string; readonly line: number } | undefined;
  #pausing = false;
  #stopAtEntry = false;
  /** While stopped before a tool. */
  #pendingTool: { readonly call: ToolCallStart; edited?: JsonObject } | undefined;
  /** An error of Lua at which the run stopped: it is not told again when it becomes the failure of a tool. */
  #toldError: string | undefined;

  constructor(options: RunDebuggingOptions) {
    this.#options = options;
    this.#files = new FileLines(options.sources);
    this.#desk = new InspectionDesk(this.#programs, this.#threads, (work) => this.#evaluate(work));
    options.channel.onMail = () => this.#readMail("waiting");
  }

  programOpened(observed: ObservedProgram): void {
    const program = debuggedProgram(++this.#opened, observed, (own) => this.#listener(own));
    this.#programs.push(program);
    if (!this.#begun) this.#awaitBegin();
    this.#watch();
    program.inspector.watchCaughtErrors(this.#watchesCaughtErrors());
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
    const pending: { readonly call: ToolCallStart; edited?: JsonObject } = { call };
    this.#pendingTool = pending;
    this.#stop({ reason: "name", ...hit, tool: { tool, by, arguments: given } });
    this.#pendingTool = undefined;
    return pending.edited;
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
    const [frame] = where.program.inspector.frames(where.thread, 0, 1);
    if (!frame || isLibrary(frame)) return;
    const reason = this.#reasonAt(where, frame.chunk, line);
    if (reason) this.#stop(reason, where);
  }

  #reasonAt(where: ProgramThread, file: string, line: number): StopReason | undefined {
    if (this.#stopAtEntry) return { reason: "entry" };
    const hit = this.#lineHits(where, file, line);
    if (hit) return { reason: "breakpoint", ...hit };
    if (file === this.#target?.file && line === this.#target.line) return { reason: "run-to" };
    if (this.#pausing) return { reason: "pause" };
    return this.#step && endsAt(this.#step, where, this.#programs) ? { reason: "step" } : undefined;
  }

  /** Breakpoints of a line that stop; those with a text only tell it. */
  #lineHits(
    where: ProgramThread,
    file: string,
    line: number,
  ): { readonly breakpoints: readonly number[]; readonly text?: string } | undefined {
    const frame = { program: where.program, frame: { thread: where.thread, level: 0 } };
    const stopping = this.#breakpoints.at(file, line).filter((breakpoint) => {
      if (breakpoint.logMessage === undefined) return true;
      if (this.#passes(breakpoint, frame) !== true) return false;
      const text = this.#desk.interpolated(breakpoint.logMessage, frame);
      this.#notify({ notice: "logged", text, at: { file, line } });
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
    const told = { ...failure, filter: first.filter };
    this.#stop({ reason: "exception", failure: told, ...(text !== undefined && { text }) }, where);
  }

  /** Those that stop here, by their conditions; undefined when none does. */
  #hits(
    breakpoints: ReadonlyArray<Conditional & { readonly id: number }>,
    place = this.#ownPlace(),
  ): { readonly breakpoints: readonly number[]; readonly text?: string } | undefined {
    if (breakpoints.length === 0 || this.#evaluating > 0) return undefined;
    const texts: string[] = [];
    const hit = breakpoints.filter((breakpoint) => {
      const passes = place ? this.#passes(breakpoint, place) : true;
      if (typeof passes === "string") texts.push(passes);
      return passes !== false;
    });
    if (hit.length === 0) return undefined;
    const text = texts.length > 0 ? { text: texts.join("\n") } : {};
    return { breakpoints: hit.map(({ id }) => id), ...text };
  }

  /** A text says why it can't be told: then the run stops, so that somebody sees it. */
  #passes(breakpoint: Conditional, place: Place): boolean | string {
    const { condition, hitCondition } = breakpoint;
    const holds = condition ? this.#desk.holds(condition, place) : true;
    if (holds !== true || !hitCondition) return holds;
    const counts = parseHitCondition(hitCondition);
    if (!counts) return `'${hitCondition}' is no hit count; write 5, >= 5 or % 5.`;
    return counts(this.#breakpoints.hit(breakpoint));
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
    this.#step = undefined;
    this.#target = undefined;
    this.#pausing = false;
    this.#stopAtEntry = false;
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

  /** Before anything runs: breakpoints are set meanwhile. */
  #awaitBegin(): void {
    this.#begun = true;
    this.#stand(() => this.#notify({ notice: "ready" }));
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
    if (phase === "waiting" && this.#pausing && this.#programs.length > 0) this.#stop({ reason: "pause" });
  }

  /** Does a command and answers it; true when the run goes on by it. */
  #handle(message: DebugMessage): boolean {
    const { channel } = this.#options;
    const { id, command } = message;
    try {
      const value = this.#perform(message);
      channel.say({ kind: "answer", id, value });
      return this.#phase === "standing" && resuming.has(command);
    } catch (thrown) {
      const code = thrown instanceof DebugRefusal ? thrown.code : "not-found";
      channel.say({ kind: "refusal", id, code, message: errorText(thrown) });
      return false;
    }
  }

  #perform(message: DebugMessage): Json {
    switch (message.command) {
      case "set-breakpoints":
        return plain(this.#setLines(message.params));
      case "set-name-breakpoints":
        this.#breakpoints.names = message.params.breakpoints;
        return {};
      case "set-checkpoint-breakpoints":
        this.#breakpoints.checkpoints = message.params.breakpoints;
        return {};
      case "set-state-breakpoints":
        this.#breakpoints.states = message.params.breakpoints;
        return {};
      case "set-exception-breakpoints":
        this.#breakpoints.exceptions = message.params.breakpoints;
        for (const { inspector } of this.#programs) inspector.watchCaughtErrors(this.#watchesCaughtErrors());
        return {};
      case "breakpoint-lines":
        return this.#breakpointLines(message.params);
      case "sources":
        return { files: this.#files.names() };
      case "pause":
        if (this.#phase !== "standing") this.#pausing = true;
        this.#watch();
        return {};
      case "detach":
        return this.#detach();
      default:
        return plain(this.#performStanding(message));
    }
  }

  /** What needs a run that stands still. */
  #performStanding(message: DebugMessage): unknown {
    const isResuming = resuming.has(message.command);
    if (this.#phase === "running" || (isResuming && this.#phase !== "standing")) {
      throw new DebugRefusal("not-stopped", "The run has not stopped.");
    }
    const desk = this.#desk;
    switch (message.command) {
      case "begin":
        this.#stopAtEntry = message.params.stopOnEntry;
        return {};
      case "step":
        return this.#beginStep(message.params);
      case "run-to":
        return this.#runTo(message.params);
      case "set-arguments":
        return this.#setArguments(message.params.arguments);
      case "threads":
        return desk.threads();
      case "stack":
        return desk.stack(message.params);
      case "scopes":
        return desk.scopes(message.params);
      case "variables":
        return desk.variables(message.params);
      case "set-variable":
        return desk.setVariable(message.params);
      case "evaluate":
        return desk.evaluate(message.params);
      case "set-expression":
        return desk.setExpression(message.params);
      case "complete":
        return desk.complete(message.params);
      default:
        return {};
    }
  }

  #setLines({ file, breakpoints }: DebugParams<"set-breakpoints">): { breakpoints: PlacedBreakpoint[] } {
    const program = this.#programs.at(-1);
    const placed = this.#breakpoints.setLines(file, breakpoints, program && this.#files.of(file, program));
    this.#watch();
    return { breakpoints: placed };
  }

  #breakpointLines({ file, line, endLine }: DebugParams<"breakpoint-lines">): { lines: number[] } {
    const program = this.#programs.at(-1);
    const lines = (program && this.#files.of(file, program)) ?? [];
    return { lines: lines.filter((candidate) => candidate >= line && candidate <= endLine).slice(0, 1000) };
  }

  #beginStep({ thread: number, to }: DebugParams<"step">): DebugAnswer<"step"> {
    const where = this.#threads.find(number, this.#programs);
    const own = ownFrame(where);
    const depth = where.program.inspector.depth(where.thread) - (own?.level ?? 0);
    this.#step = { ...where, to, depth };
    return {};
  }

  #runTo({ file, line }: DebugParams<"run-to">): DebugAnswer<"run-to"> {
    const program = this.#programs.at(-1);
    const at = program && this.#files.of(file, program)?.find((candidate) => candidate >= line);
    if (at === undefined) throw new DebugRefusal("not-found", `There is no code at line ${line} of ${file}.`);
    this.#target = { file, line: at };
    return {};
  }

  #setArguments(given: JsonObject): DebugAnswer<"set-arguments"> {
    if (!this.#pendingTool) throw new DebugRefusal("not-stopped", "The run has not stopped before a tool.");
    this.#pendingTool.edited = given;
    return {};
  }

  #detach(): JsonObject {
    this.#detached = true;
    this.#breakpoints.clear();
    this.#step = undefined;
    this.#target = undefined;
    this.#pausing = false;
    this.#stopAtEntry = false;
    for (const { inspector } of this.#programs) inspector.watchCaughtErrors(false);
    this.#watch();
    return {};
  }

  /** Asks for the hook of lines where something needs it, and for nothing where nothing does. */
  #watch(): void {
    const all = this.#step !== undefined || this.#pausing || this.#stopAtEntry;
    const lines = this.#breakpoints.lines();
    if (this.#target) lines.add(this.#target.line);
    for (const { inspector } of this.#programs) inspector.watchLines(all ? "all" : lines);
  }

  #watchesCaughtErrors(): boolean {
    return this.#breakpoints.exceptions.some(({ filter }) => filter === "all");
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
      return vm.encode(value, "The value", { unsupported: "omit" }).json;
    } catch {
      // A value that is no JSON was refused for the state as well, or is about to be.
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

/** Answers cross as JSON. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

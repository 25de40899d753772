import type {
  ExceptionBreakpoint,
  LineBreakpoint,
  PlacedBreakpoint,
} from "#protocol/debugging/breakpoints.ts";
import type { DebugParams } from "#protocol/debugging/commands.ts";
import type { DebugThread } from "#protocol/debugging/inspection.ts";
import type { DebugNotice, StoppedNotice } from "#protocol/debugging/notices.ts";
import type { BreakpointBook, NameBreakpoint } from "../breakpoint-book.ts";
import { given, type LiveParts, LiveView } from "./live-view.ts";

/** What a run tells its session. */
export type LiveListener = (notice: Exclude<DebugNotice, { notice: "ready" }>) => void;

/** The number of breakpoints that the client does not know of; its own count from 1. */
const ownBreakpoint = 0;

/** A run in its sandbox, as a debugger drives it. */
export class LiveRun {
  readonly #parts: LiveParts;
  readonly #unsubscribe: () => void;
  #stop: StoppedNotice | undefined;
  /** What is to be put right once the run has stopped. */
  #atNextStop = (): void => {};

  constructor(parts: LiveParts, listener: LiveListener) {
    this.#parts = parts;
    this.#unsubscribe = parts.debugger.onNotice((notice) => {
      if (notice.notice === "ready") return;
      if (notice.notice === "stopped") this.#stoppedBy(notice);
      if (notice.notice === "continued") this.#stop = undefined;
      listener(notice.notice === "stopped" ? (this.#stop ?? notice) : notice);
    });
  }

  /** Why it stands; undefined while it goes. */
  get stop(): StoppedNotice | undefined {
    return this.#stop;
  }

  /** The run as it stands now. While it only waits for an answer of the host, it can be looked at too. */
  get view(): LiveView {
    return new LiveView(this.#parts, this.#stop);
  }

  /** Sets everything at which it is to stop. Gives the lines that breakpoints moved to. */
  async setAll(book: BreakpointBook): Promise<readonly PlacedBreakpoint[]> {
    const placed = await Promise.all([...book.lines].map(([file, lines]) => this.setLines(file, lines)));
    await this.setNames(book.names);
    await this.setState(book.state);
    await this.setExceptions(book.exceptions);
    return placed.flat();
  }

  /** Lets it run, and stops it once before this checkpoint is made. */
  async beginUntil(checkpoint: number, book: Pick<BreakpointBook, "names">): Promise<void> {
    const landing = { id: ownBreakpoint, kind: "checkpoint", name: String(checkpoint) } as const;
    await this.setNames([...book.names, landing]);
    this.#atNextStop = () => void this.setNames(book.names);
    await this.begin(false);
  }

  /** Lets it run. */
  async begin(stopOnEntry: boolean): Promise<void> {
    given(await this.#parts.debugger.request("begin", { stopOnEntry }));
  }

  /** Gives the lines that the breakpoints of a file moved to. A run that is over has none. */
  async setLines(file: string, breakpoints: readonly LineBreakpoint[]): Promise<readonly PlacedBreakpoint[]> {
    const placed = await this.#parts.debugger.request("set-breakpoints", {
      file,
      breakpoints: [...breakpoints],
    });
    if (placed.ok) return placed.value.breakpoints;
    return breakpoints.map(({ id }) => ({ id, verified: false, message: placed.error.message }));
  }

  /** Breakpoints on names; those on checkpoints are a kind of their own. */
  async setNames(breakpoints: readonly NameBreakpoint[]): Promise<void> {
    const named = breakpoints.filter(({ kind }) => kind !== "checkpoint").map(nameBreakpoint);
    const checkpoints = breakpoints.filter(({ kind }) => kind === "checkpoint").map(checkpointBreakpoint);
    await this.#parts.debugger.request("set-name-breakpoints", { breakpoints: named });
    await this.#parts.debugger.request("set-checkpoint-breakpoints", { breakpoints: checkpoints });
  }

  async setState(breakpoints: BreakpointBook["state"]): Promise<void> {
    await this.#parts.debugger.request("set-state-breakpoints", { breakpoints: [...breakpoints] });
  }

  async setExceptions(breakpoints: readonly ExceptionBreakpoint[]): Promise<void> {
    await this.#parts.debugger.request("set-exception-breakpoints", { breakpoints: [...breakpoints] });
  }

  async linesBetween(file: string, line: number, endLine: number): Promise<readonly number[]> {
    const lines = await this.#parts.debugger.request("breakpoint-lines", { file, line, endLine });
    return lines.ok ? lines.value.lines : [];
  }

  async threads(): Promise<readonly DebugThread[]> {
    const threads = await this.#parts.debugger.request("threads", {});
    return threads.ok ? threads.value.threads : [];
  }

  async sources(): Promise<readonly string[]> {
    const sources = await this.#parts.debugger.request("sources", {});
    return sources.ok ? sources.value.files : [];
  }

  async continue(): Promise<void> {
    given(await this.#parts.debugger.request("continue", {}));
  }

  async step(thread: number, to: DebugParams<"step">["to"]): Promise<void> {
    given(await this.#parts.debugger.request("step", { thread, to }));
  }

  /** Steps over the line, but stops before a tool, agent or procedure of this name. */
  async stepInto(thread: number, name: string, book: BreakpointBook): Promise<void> {
    await this.setNames([...book.names, { id: ownBreakpoint, kind: undefined, name }]);
    this.#atNextStop = () => void this.setNames(book.names);
    await this.step(thread, "over");
  }

  async pause(): Promise<void> {
    given(await this.#parts.debugger.request("pause", {}));
  }

  #stoppedBy(stop: StoppedNotice): void {
    this.#stop = { ...stop, breakpoints: stop.breakpoints.filter((id) => id !== ownBreakpoint) };
    this.#atNextStop();
    this.#atNextStop = () => {};
  }

  /** The session follows it no longer. */
  dispose(): void {
    this.#unsubscribe();
  }
}

type CommandName = DebugParams<"set-name-breakpoints">["breakpoints"][number];
type CommandCheckpoint = DebugParams<"set-checkpoint-breakpoints">["breakpoints"][number];

function nameBreakpoint({ kind, name = "*", ...rest }: NameBreakpoint): CommandName {
  return { ...rest, name, of: kind === undefined || kind === "checkpoint" ? "any" : kind };
}

/** `checkpoint:3` is the third one, `checkpoint:load` the one of this name. */
function checkpointBreakpoint({ kind: _kind, name, ...rest }: NameBreakpoint): CommandCheckpoint {
  if (name === undefined) return rest;
  return /^\d{1,9}$/.test(name) && name !== "0" ? { ...rest, index: Number(name) } : { ...rest, name };
}

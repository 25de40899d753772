import type { Json, JsonObject } from "#common/json.ts";
import type { DebugAnswer, DebugCommandName, DebugParams } from "#protocol/debugging/commands.ts";
import { pageEntries } from "#protocol/debugging/limits.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import type { BreakpointTable } from "./breakpoint-table.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import type { DebuggedProgram } from "./debugged-program.ts";
import type { FileLines } from "./file-lines.ts";
import type { InspectionDesk } from "./inspection-desk.ts";
import type { Motion } from "./motion.ts";
import { ownFrame } from "./stack-view.ts";
import type { ThreadNumbers } from "./thread-numbers.ts";

/** Whether the run goes, waits for an answer of the host, or stands. */
export type Phase = "running" | "waiting" | "standing";

/** What commands work on. */
export interface CommandParts {
  /** Those that are open, the one that runs last. */
  readonly programs: readonly DebuggedProgram[];
  readonly threads: ThreadNumbers;
  readonly breakpoints: BreakpointTable;
  readonly files: FileLines;
  readonly desk: InspectionDesk;
  readonly motion: Motion;
}

const resuming: ReadonlySet<DebugCommandName> = new Set(["begin", "continue", "step", "run-to", "detach"]);

/** Does what a debugger asks. Throws DebugRefusal. */
export class DebugCommands {
  readonly #parts: CommandParts;
  /** While the run stands before a tool: what takes other arguments for it. */
  editArguments: ((given: JsonObject) => void) | undefined;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** Whether a run that stands goes on by it. */
  resumes({ command }: DebugMessage): boolean {
    return resuming.has(command);
  }

  perform(message: DebugMessage, phase: Phase): Json {
    return JSON.parse(JSON.stringify(this.#performAlways(message, phase)));
  }

  /** What can be done while the run goes. */
  #performAlways(message: DebugMessage, phase: Phase): unknown {
    const { breakpoints, files, motion } = this.#parts;
    switch (message.command) {
      case "set-breakpoints":
        return this.#setLines(message.params);
      case "set-name-breakpoints":
        breakpoints.names = message.params.breakpoints;
        return {};
      case "set-checkpoint-breakpoints":
        breakpoints.checkpoints = message.params.breakpoints;
        return {};
      case "set-state-breakpoints":
        breakpoints.states = message.params.breakpoints;
        return {};
      case "set-exception-breakpoints":
        breakpoints.exceptions = message.params.breakpoints;
        return {};
      case "breakpoint-lines":
        return this.#breakpointLines(message.params);
      case "sources":
        return { files: files.names() };
      case "pause":
        motion.pausing = phase !== "standing";
        return {};
      case "detach":
        breakpoints.clear();
        motion.clear();
        return {};
      default:
        return this.#performStanding(message, phase);
    }
  }

  /** What needs a run that stands still; to go on, it must have stopped. */
  #performStanding(message: DebugMessage, phase: Phase): unknown {
    if (phase === "running" || (this.resumes(message) && phase !== "standing")) {
      throw new DebugRefusal("not-stopped", "The run has not stopped.");
    }
    switch (message.command) {
      case "begin":
        this.#parts.motion.stopAtEntry = message.params.stopOnEntry;
        return {};
      case "step":
        return this.#beginStep(message.params);
      case "run-to":
        return this.#runTo(message.params);
      case "set-arguments":
        return this.#setArguments(message.params);
      default:
        return this.#inspect(message);
    }
  }

  #inspect(message: DebugMessage): unknown {
    const { desk } = this.#parts;
    switch (message.command) {
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

  #setLines({ file, breakpoints }: DebugParams<"set-breakpoints">): DebugAnswer<"set-breakpoints"> {
    return { breakpoints: this.#parts.breakpoints.setLines(file, breakpoints, this.#linesOf(file)) };
  }

  #breakpointLines({
    file,
    line,
    endLine,
  }: DebugParams<"breakpoint-lines">): DebugAnswer<"breakpoint-lines"> {
    const lines = this.#linesOf(file) ?? [];
    return {
      lines: lines.filter((candidate) => candidate >= line && candidate <= endLine).slice(0, pageEntries),
    };
  }

  #beginStep({ thread: number, to }: DebugParams<"step">): DebugAnswer<"step"> {
    const { motion, programs, threads } = this.#parts;
    const where = threads.find(number, programs);
    // What primitives have on the stack above the procedure's own frame is no part of the step.
    const depth = where.program.inspector.depth(where.thread) - (ownFrame(where)?.level ?? 0);
    motion.step = { ...where, to, depth };
    return {};
  }

  #runTo({ file, line }: DebugParams<"run-to">): DebugAnswer<"run-to"> {
    const at = this.#linesOf(file)?.find((candidate) => candidate >= line);
    if (at === undefined) throw new DebugRefusal("not-found", `There is no code at line ${line} of ${file}.`);
    this.#parts.motion.target = { file, line: at };
    return {};
  }

  #setArguments({ arguments: given }: DebugParams<"set-arguments">): DebugAnswer<"set-arguments"> {
    if (!this.editArguments) throw new DebugRefusal("not-stopped", "The run has not stopped before a tool.");
    this.editArguments(given);
    return {};
  }

  #linesOf(file: string): readonly number[] | undefined {
    const program = this.#parts.programs.at(-1);
    return program && this.#parts.files.of(file, program);
  }
}

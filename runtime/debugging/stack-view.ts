import type { FrameAt, LuaCallFrame } from "#lua/inspection.ts";
import type { StackFrame } from "#protocol/debugging/inspection.ts";
import { nameCharacters, pageEntries } from "#protocol/debugging/limits.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import type { DebuggedProgram } from "./debugged-program.ts";
import type { ProgramThread } from "./thread-numbers.ts";

const libraryMark = "=";

/** A frame as later commands name it. */
export interface ShownFrame {
  readonly program: DebuggedProgram;
  readonly at: FrameAt;
  readonly isNative: boolean;
}

/** Frames that were shown since the run stopped. */
export class StackView {
  readonly #frames: ShownFrame[] = [];

  show(
    { program, thread }: ProgramThread,
    start = 0,
    count = pageEntries,
  ): { frames: StackFrame[]; total: number } {
    const { inspector } = program;
    // They are on top, and no page counts them.
    const own = inspector.frames(thread, 0, 2).filter(isOwnHandler).length;
    const frames = inspector.frames(thread, own + start, count).map((frame) => {
      const at = { thread, level: frame.level };
      const id = this.#frames.push({ program, at, isNative: frame.kind === "native" });
      return shownFrame(id, frame);
    });
    return { frames, total: inspector.depth(thread) - own };
  }

  /** Throws DebugRefusal `not-found`. */
  find(id: number): ShownFrame {
    const frame = this.#frames[id - 1];
    if (frame) return frame;
    throw new DebugRefusal("not-found", "The frame is not there any more: the run went on.");
  }

  clear(): void {
    this.#frames.length = 0;
  }
}

/** The newest frame of the procedure's own code. */
export function ownFrame({ program, thread }: ProgramThread): (LuaCallFrame & { line: number }) | undefined {
  for (let start = 0; ; start += 16) {
    const frames = program.inspector.frames(thread, start, 16);
    for (const frame of frames) {
      const { line } = frame;
      if (line !== undefined && !isLibrary(frame)) return { ...frame, line };
    }
    if (frames.length < 16) return undefined;
  }
}

export function isLibrary({ chunk }: Pick<LuaCallFrame, "chunk">): boolean {
  return chunk.startsWith(libraryMark);
}

/** What the debugger itself put on the stack, to hear of an error where it is raised. */
function isOwnHandler({ chunk, kind, level, name }: LuaCallFrame): boolean {
  return chunk === "=debugger" || (level === 0 && kind === "native" && name === undefined);
}

function shownFrame(id: number, frame: LuaCallFrame): StackFrame {
  const given = frame.name?.slice(0, nameCharacters);
  if (frame.kind === "native") return { id, name: given ?? "primitive", kind: "native" };
  if (isLibrary(frame)) return { id, name: given ?? "library", kind: "library" };
  const { chunk, line, definedAt } = frame;
  const name = given ?? (frame.kind === "main" ? chunk : `function at line ${definedAt}`);
  return { id, name, file: chunk, kind: "procedure", ...(line !== undefined && { line }) };
}

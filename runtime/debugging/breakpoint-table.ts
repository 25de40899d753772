import type {
  CheckpointBreakpoint,
  ExceptionBreakpoint,
  LineBreakpoint,
  NameBreakpoint,
  PlacedBreakpoint,
  StateBreakpoint,
} from "#protocol/debugging/breakpoints.ts";

type NamedKind = Exclude<NameBreakpoint["of"], "any">;

/** All breakpoints that are set; where lines are, once their file was read. */
export class BreakpointTable {
  readonly #asked = new Map<string, readonly LineBreakpoint[]>();
  /** Of each file: where its breakpoints are now. */
  readonly #placed = new Map<string, ReadonlyMap<number, readonly LineBreakpoint[]>>();
  #lines: ReadonlySet<number> = new Set();
  names: readonly NameBreakpoint[] = [];
  checkpoints: readonly CheckpointBreakpoint[] = [];
  states: readonly StateBreakpoint[] = [];
  exceptions: readonly ExceptionBreakpoint[] = [];

  /** Replaces those of a file. `lines`: where code is; undefined while nobody knows the file. */
  setLines(
    file: string,
    breakpoints: readonly LineBreakpoint[],
    lines: readonly number[] | undefined,
  ): PlacedBreakpoint[] {
    this.#asked.set(file, breakpoints);
    return this.place(file, lines);
  }

  /** Moves each breakpoint of a file to the next line with code. */
  place(file: string, lines: readonly number[] | undefined): PlacedBreakpoint[] {
    const placed = new Map<number, LineBreakpoint[]>();
    const answers = (this.#asked.get(file) ?? []).map((breakpoint): PlacedBreakpoint => {
      const { id, line } = breakpoint;
      if (!lines) return { id, verified: false, line, message: "The run has not loaded this file (yet)." };
      const at = lines.find((candidate) => candidate >= line);
      if (at === undefined) return { id, verified: false, line, message: "There is no code from here on." };
      placed.set(at, [...(placed.get(at) ?? []), breakpoint]);
      return { id, verified: true, line: at };
    });
    this.#placed.set(file, placed);
    this.#lines = new Set([...this.#placed.values()].flatMap((of) => [...of.keys()]));
    return answers;
  }

  at(file: string, line: number): readonly LineBreakpoint[] {
    return this.#placed.get(file)?.get(line) ?? [];
  }

  /** Lines of any file that have a breakpoint. */
  lines(): ReadonlySet<number> {
    return this.#lines;
  }

  named(kind: NamedKind, name: string): readonly NameBreakpoint[] {
    return this.names.filter(
      (breakpoint) =>
        (breakpoint.of === "any" || breakpoint.of === kind) &&
        (breakpoint.name === name || (breakpoint.name === "*" && breakpoint.of !== "any")),
    );
  }

  clear(): void {
    this.#asked.clear();
    this.#placed.clear();
    this.#lines = new Set();
    this.names = [];
    this.checkpoints = [];
    this.states = [];
    this.exceptions = [];
  }
}

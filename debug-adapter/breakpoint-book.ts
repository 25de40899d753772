import type {
  ExceptionBreakpoint,
  LineBreakpoint,
  StateBreakpoint,
} from "#protocol/debugging/breakpoints.ts";

/** What must hold for a stop, as a client says it: empty means nothing. */
interface Conditions {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
}

interface WantedLine extends Conditions {
  readonly line: number;
  readonly logMessage?: string | undefined;
}

/** A breakpoint on a name: of a tool, an agent, a procedure, or a checkpoint. */
export interface NameBreakpoint {
  readonly id: number;
  /** Undefined: whatever has the name. */
  readonly kind: NamedKind | undefined;
  /** Undefined: all of the kind. */
  readonly name: string | undefined;
  readonly condition?: string;
  readonly hitCondition?: string;
}

type NamedKind = "tool" | "agent" | "procedure" | "checkpoint";

/** Everything at which the client wants to stop. It outlives a restart of the run. */
export class BreakpointBook {
  readonly lines = new Map<string, readonly LineBreakpoint[]>();
  names: readonly NameBreakpoint[] = [];
  state: readonly StateBreakpoint[] = [];
  exceptions: readonly ExceptionBreakpoint[] = [];
  #last = 0;

  setLines(file: string, wanted: readonly WantedLine[]): readonly LineBreakpoint[] {
    const known = this.lines.get(file) ?? [];
    // A breakpoint keeps its number while it stays on its line: the client then knows which one moved.
    const set = wanted.map(({ line, ...rest }) => ({
      id: known.find((other) => other.line === line)?.id ?? this.#next(),
      line,
      ...conditions(rest),
      ...(rest.logMessage !== undefined && { logMessage: rest.logMessage }),
    }));
    if (set.length > 0) this.lines.set(file, set);
    else this.lines.delete(file);
    return set;
  }

  setNames(wanted: readonly (Conditions & { readonly name: string })[]): readonly NameBreakpoint[] {
    this.names = wanted.map(({ name, ...rest }) => ({
      id: this.#next(),
      ...namedTarget(name),
      ...conditions(rest),
    }));
    return this.names;
  }

  setState(wanted: readonly (Conditions & { readonly dataId: string })[]): readonly StateBreakpoint[] {
    this.state = wanted.map(({ dataId, ...rest }) => ({
      id: this.#next(),
      key: dataId,
      ...conditions(rest),
    }));
    return this.state;
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }
}

function conditions({ condition, hitCondition }: Conditions): {
  readonly condition?: string;
  readonly hitCondition?: string;
} {
  return { ...(condition && { condition }), ...(hitCondition && { hitCondition }) };
}

const kinds: ReadonlySet<string> = new Set(["tool", "agent", "procedure", "checkpoint"]);

/** `tool:find_order`, `agent clerk`, `checkpoint:*` or a bare name. */
export function namedTarget(text: string): Pick<NameBreakpoint, "kind" | "name"> {
  const [, word = "", rest = ""] = /^(\w+)\s*[:\s]\s*(.+)$/.exec(text.trim()) ?? [];
  const kind = kinds.has(word) ? (word as NamedKind) : undefined;
  const name = kind ? rest.trim() : text.trim();
  return { kind, name: name === "*" ? undefined : name };
}

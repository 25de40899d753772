import type { JsonObject } from "#common/json.ts";
import type { KnownProgram } from "#protocol/wire/messages.ts";
import type { RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { EncodedJson } from "../vm/vm.ts";

/** Files that run files that run files: beyond it, `Procedure.run` refuses. */
const presetDepth = 5;
/** What `max_depth` may raise it to: each level holds a whole Lua state. */
const greatestDepth = 20;

/** A file that another one runs. */
export type ProgramSource = Pick<KnownProgram, "file" | "source" | "modules">;

/** One file to be run as a part of this run. */
export interface ChildCall {
  /** As the procedure named it. */
  readonly name: string;
  readonly input: JsonObject;
  /** Seconds after which it is ended; undefined: it may take as long as the run. */
  readonly timeoutSeconds?: number | undefined;
}

export interface ChildProgramsOptions {
  readonly known: readonly KnownProgram[];
  /** The file that calls. */
  readonly from: string;
  /** 0 for the file that was started. */
  readonly depth: number;
  readonly ports: Pick<RuntimePorts, "request">;
  /** The setting `max_depth` of the file, once it is declared. */
  readonly maximumDepth: () => number | undefined;
  /** Runs a file in a Lua state of its own to its end. What it throws is a ProcedureFailure. */
  readonly execute: (program: ProgramSource, call: ChildCall) => EncodedJson;
}

/** Runs other files of the workspace inside this run, one at a time, each to its end. */
export class ChildPrograms {
  readonly #options: ChildProgramsOptions;

  constructor(options: ChildProgramsOptions) {
    this.#options = options;
  }

  /** The file of that name; undefined when there is none. Throws RequestRefused for one that may not be read. */
  find(name: string): ProgramSource | undefined {
    const { known, from, ports } = this.#options;
    const reviewed = known.find((program) => program.from === from && program.name === name);
    if (reviewed) return reviewed;
    const { program } = ports.request("program.read", { name, from });
    return program ? { ...program, modules: {} } : undefined;
  }

  /** The reviewed text of a file that `IncludeTasks` names; undefined when the start did not carry it. */
  included(name: string, from: string): string | undefined {
    return this.#options.known.find((program) => program.from === from && program.name === name)?.source;
  }

  /** Throws ProcedureFailure. */
  run(program: ProgramSource, call: ChildCall): EncodedJson {
    const { depth, execute } = this.#options;
    const allowed = Math.min(this.#options.maximumDepth() ?? presetDepth, greatestDepth);
    if (depth + 1 >= allowed) {
      throw new ProcedureFailure(
        "procedure-failed",
        `Maximum recursion depth (${allowed}) exceeded: Procedure '${call.name}' would run ${depth + 1} levels deep.`,
      );
    }
    return execute(program, call);
  }
}

/** The failure of a child as its caller sees it. The child's own error value belongs to another Lua state. */
export function childFailure(
  name: string,
  failure: {
    readonly code: string;
    readonly message: string;
    readonly file?: string | undefined;
    readonly line?: number | undefined;
  },
): ProcedureFailure {
  const place = failure.line === undefined ? "" : `${failure.file}:${failure.line}: `;
  return new ProcedureFailure(failure.code, `Procedure '${name}' failed: ${place}${failure.message}`);
}

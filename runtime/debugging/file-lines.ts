import { LuaError, type LuaFunction } from "#lua/engine.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { wrapScript } from "../program/script-mode.ts";
import type { DebuggedProgram } from "./debugged-program.ts";

export type KnownSources = Pick<StartMessage, "file" | "source" | "modules" | "programs">;

/** Lines with code of the files of a run: of those that were loaded, and of those that the run began with. */
export class FileLines {
  readonly #sources: ReadonlyMap<string, string>;
  readonly #lines = new Map<string, readonly number[] | undefined>();
  readonly #loaded = new Set<string>();

  constructor({ file, source, modules, programs }: KnownSources) {
    const files = [
      ...programs.flatMap((program) => [program, ...Object.values(program.modules)]),
      ...Object.values(modules),
      { file, source },
    ];
    this.#sources = new Map(files.map((known) => [known.file, known.source]));
  }

  /** Names of files that were loaded, in their order. */
  names(): string[] {
    return [...this.#loaded];
  }

  loaded(file: string, chunk: LuaFunction, { inspector }: DebuggedProgram): readonly number[] {
    const lines = inspector.linesOf(chunk);
    this.#loaded.add(file);
    this.#lines.set(file, lines);
    return lines;
  }

  /** Undefined for a file that nobody knows, and for one that can't be compiled. */
  of(file: string, program: DebuggedProgram): readonly number[] | undefined {
    if (!this.#lines.has(file)) this.#lines.set(file, this.#compiled(file, program));
    return this.#lines.get(file);
  }

  #compiled(file: string, { context, inspector }: DebuggedProgram): readonly number[] | undefined {
    const source = this.#sources.get(file);
    if (source === undefined) return undefined;
    try {
      const chunk = context.vm.engine.load(wrapScript(source).source, file);
      const lines = inspector.linesOf(chunk);
      chunk.release();
      return lines;
    } catch (error) {
      if (!(error instanceof LuaError)) throw error;
      return undefined; // The run itself reports it.
    }
  }
}

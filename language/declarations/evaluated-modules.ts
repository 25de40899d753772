import { ChunkNames } from "#language/declarations/chunk-names.ts";
import type { EvaluatedPlace, EvaluationRequest } from "#language/declarations/evaluated-declarations.ts";
import { type LoadableSource, loadableModule } from "#language/declarations/loadable-source.ts";
import { parametersByLine } from "#language/declarations/parameters-by-line.ts";
import type { LuaPosition } from "#lua/engine.ts";
import { standardModules } from "#vocabulary/modules.ts";

/** What `require` finds. */
export type FoundModule =
  | { readonly kind: "file"; readonly uri: string; readonly chunk: string; readonly text: string }
  | { readonly kind: "tool"; readonly name: string }
  | { readonly kind: "standard" | "nothing" };

const toolPrefix = "tactus.tools.";

/** Frames further up are not looked at: recursion may be deep. */
const mostFrames = 40;

/** The sources of one evaluation: finds modules, and says which file a position of Lua is in. */
export class EvaluatedModules {
  /** Name of the evaluated file in messages of Lua. */
  readonly mainChunk: string;
  readonly #chunks = new ChunkNames();
  readonly #modules: NonNullable<EvaluationRequest["modules"]>;
  readonly #sources = new Map<string, LoadableSource>();
  readonly #parameters = new Map<string, ReadonlyMap<number, readonly string[] | undefined>>();

  constructor({ uri, modules = {} }: EvaluationRequest, main: LoadableSource) {
    this.#modules = modules;
    this.mainChunk = this.#chunks.add(uri);
    this.#sources.set(this.mainChunk, main);
  }

  /** A file of the project comes before the library's module of the same name. */
  find(name: string, given: string): FoundModule {
    const key = [given, name].find((known) => Object.hasOwn(this.#modules, known));
    const module = key === undefined ? undefined : this.#modules[key];
    if (module) {
      const chunk = this.#chunks.add(module.uri);
      const source = this.#sources.get(chunk) ?? loadableModule(module.text);
      this.#sources.set(chunk, source);
      return { kind: "file", uri: module.uri, chunk, text: source.text };
    }
    const standard = standardModules.find(
      (known) => name === known.name || name.startsWith(`${known.name}.`),
    );
    if (!standard) return { kind: "nothing" };
    return standard.name.startsWith(toolPrefix)
      ? { kind: "tool", name: standard.name.slice(toolPrefix.length) }
      : { kind: "standard" };
  }

  uriOf(chunk: string): string | undefined {
    return this.#chunks.uriOf(chunk);
  }

  /** The place of the code that runs; `positionAt` gives the frames, from 1. */
  place(positionAt: (level: number) => LuaPosition | undefined): EvaluatedPlace {
    const position = positionAt(1);
    const line = position?.line ?? 1;
    let topLine = line;
    for (let level = 1; level < mostFrames; level++) {
      const frame = level === 1 ? position : positionAt(level);
      if (!frame) break;
      if (frame.chunk === this.mainChunk) topLine = frame.line;
    }
    return { uri: this.#chunks.uriOf(position?.chunk ?? this.mainChunk) ?? "", line, topLine };
  }

  /** Where a function begins; nothing for those of the library. */
  functionAt({ chunk, line }: LuaPosition): {
    readonly uri?: string;
    readonly line?: number;
    readonly parameters?: readonly string[];
  } {
    const uri = this.#chunks.uriOf(chunk);
    if (uri === undefined) return {};
    const parameters = this.#parametersOf(chunk)?.get(line);
    return { uri, line, ...(parameters && { parameters }) };
  }

  #parametersOf(chunk: string): ReadonlyMap<number, readonly string[] | undefined> | undefined {
    const known = this.#parameters.get(chunk);
    const source = this.#sources.get(chunk);
    if (known || !source) return known;
    const found = parametersByLine(source.tree);
    this.#parameters.set(chunk, found);
    return found;
  }
}

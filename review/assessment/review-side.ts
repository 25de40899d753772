import { ok, type Result } from "#common/result.ts";
import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { prepareEmbedded } from "#language/diagnostics/prepare-embedded.ts";
import { configurationFacts } from "#language/project/configuration-facts.ts";
import { procedureFacts } from "#language/project/procedure-facts.ts";
import { Project } from "#language/project/project.ts";
import { type ConfigurationFacts, nothingConfigured } from "#language/project/project-view.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { ConfigSide, procedureOf } from "#review/assessment/config-side.ts";
import { pathOf, uriOf } from "#review/assessment/repository-uris.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { readSource } from "#review/trees/read-source.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** Longest procedure in bytes: more than the language reads. */
const mostSourceBytes = 8 * 1024 * 1024;

/** Procedures of a side in characters, all together: what does not fit any more is told as unread. */
const mostCharacters = 16 * 1024 * 1024;

/** Both sides of a change. */
export interface Sides {
  readonly base: ReviewSide;
  readonly head: ReviewSide;
}

/** One side of a change as the language understands it. */
export class ReviewSide {
  readonly tree: SourceTree;
  readonly configs: ConfigSide;
  readonly project: Project;
  readonly #loaded = new Map<string, Promise<Result<boolean, ReviewProblem>>>();
  readonly #facts = new Map<string, ConfigurationFacts>();
  readonly #evaluator: DeclarationEvaluator | undefined;
  readonly #signal: AbortSignal;
  #characters = 0;

  constructor(tree: SourceTree, evaluator: DeclarationEvaluator | undefined, signal: AbortSignal) {
    this.tree = tree;
    this.configs = new ConfigSide(tree);
    this.#evaluator = evaluator;
    this.#signal = signal;
    this.project = new Project({
      describe: pathOf,
      configurationOf: (uri) => this.#facts.get(uri) ?? nothingConfigured,
    });
  }

  /** Reads the text of a procedure, so that it is known what it requires. */
  async know(path: string): Promise<Result<boolean, ReviewProblem>> {
    return await this.#take(uriOf(path));
  }

  /** Reads a procedure with its modules and the configs around it, once. False when there is none that can be read. */
  load(path: string): Promise<Result<boolean, ReviewProblem>> {
    const known = this.#loaded.get(path);
    if (known) return known;
    const loading = this.#load(path);
    this.#loaded.set(path, loading);
    return loading;
  }

  async #load(path: string): Promise<Result<boolean, ReviewProblem>> {
    const uri = uriOf(path);
    const isThere = await this.#take(uri);
    if (!isThere.ok || !isThere.value) return isThere;
    const modules = await this.#loadModules(uri);
    if (!modules.ok) return modules;
    const layers = await this.configs.layersOf(path);
    if (!layers.ok) return layers;
    this.#facts.set(uri, configurationFacts(layers.value.map(({ read }) => read.config)));
    if (this.project.textOf(uri)?.includes("Specification")) await prepareEmbedded();
    this.project.configurationChanged([uri]);
    await this.#evaluate(uri);
    return ok(true);
  }

  /** A procedure that was loaded. */
  procedure(path: string): ProcedureFile | undefined {
    return this.project.procedure(uriOf(path));
  }

  /** What is wrong in a procedure that was loaded, or in a config file. */
  async diagnose(path: string): Promise<Result<readonly Diagnostic[], ReviewProblem>> {
    if (fileKindOf(path) === "procedure") return ok(this.project.diagnose(uriOf(path)));
    const procedure = procedureOf(path);
    const isThere = await this.load(procedure);
    if (!isThere.ok) return isThere;
    const file = isThere.value ? this.procedure(procedure) : undefined;
    return await this.configs.diagnose(path, file && procedureFacts(file, procedure));
  }

  async #take(uri: string): Promise<Result<boolean, ReviewProblem>> {
    if (this.project.has(uri)) return ok(true);
    const text = await readSource(this.tree, pathOf(uri), mostSourceBytes);
    if (!text.ok) return text;
    const characters = this.#characters + (text.value?.length ?? 0);
    if (text.value === undefined || characters > mostCharacters) return ok(false);
    this.#characters = characters;
    this.project.setText(uri, text.value);
    return ok(true);
  }

  async #loadModules(uri: string): Promise<Result<true, ReviewProblem>> {
    for (const candidates of this.project.missingModules(uri))
      for (const candidate of candidates) {
        const isThere = await this.#take(candidate);
        const inside = isThere.ok && isThere.value ? await this.#loadModules(candidate) : isThere;
        if (!inside.ok) return inside;
        if (inside.value) break;
      }
    return ok(true);
  }

  async #evaluate(uri: string): Promise<void> {
    const request = this.#evaluator && this.project.evaluationRequest(uri);
    if (!request || !this.#evaluator) return;
    const { slot: _slot, ...lasting } = request;
    const evaluation = await this.#evaluator.evaluate(lasting, this.#signal).catch(() => undefined);
    this.project.setEvaluation(uri, request.text, evaluation);
  }
}

import { type Annotations, parseAnnotations } from "#language/annotations/annotations.ts";
import type { EvaluatedDeclarations } from "#language/declarations/evaluated-declarations.ts";
import { exportedNames } from "#language/semantics/exported-names.ts";
import { FileNames } from "#language/semantics/file-names.ts";
import type { FileView } from "#language/semantics/file-view.ts";
import { TypeInference } from "#language/semantics/inference/type-inference.ts";
import { commentBefore } from "#language/semantics/leading-comments.ts";
import { StatementModel } from "#language/semantics/statement-model.ts";
import type { Type } from "#language/semantics/types.ts";
import { LineIndex } from "#language/syntax/line-index.ts";
import { parseSource, updateSource } from "#language/syntax/parse-source.ts";
import type { SourceTree, TopStatement } from "#language/syntax/tree.ts";

/** What a file needs from the project around it. */
export interface Surroundings {
  moduleType(from: string, name: string): Type | undefined;
  globalOfModules(from: string, name: string): Type | undefined;
}

/**
 * A `.tac` file with what is known of it. It changes with its text: statements that an edit leaves alone, and that
 * nothing they depend on has changed for, keep their models, and with them whatever was found out about them.
 */
export class ProcedureFile implements FileView {
  readonly uri: string;
  readonly #surroundings: Surroundings;
  readonly #annotations = new WeakMap<TopStatement, Map<number, Annotations | undefined>>();
  #tree: SourceTree;
  #models: readonly StatementModel[];
  #names: FileNames;
  #inference: TypeInference;
  #lines: LineIndex | undefined;
  #version = 0;
  #evaluation: EvaluatedDeclarations | undefined;
  #evaluatedGlobals: ReadonlySet<string> = new Set();

  constructor(uri: string, text: string, surroundings: Surroundings) {
    this.uri = uri;
    this.#surroundings = surroundings;
    this.#tree = parseSource(text);
    this.#models = this.#place(this.#tree.statements.map((top) => new StatementModel(uri, top)));
    this.#names = new FileNames(this.#models);
    this.#inference = new TypeInference(this);
  }

  get tree(): SourceTree {
    return this.#tree;
  }

  get text(): string {
    return this.#tree.text;
  }

  get models(): readonly StatementModel[] {
    return this.#models;
  }

  get names(): FileNames {
    return this.#names;
  }

  /** The types of this version of the file. */
  get types(): TypeInference {
    return this.#inference;
  }

  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines;
  }

  /** What evaluating the declarations found; undefined while nobody has, or when the text tells everything. */
  get evaluation(): EvaluatedDeclarations | undefined {
    return this.#evaluation;
  }

  /** Takes what evaluating this very text found. True when it tells something that was not known. */
  setEvaluation(evaluation: EvaluatedDeclarations | undefined): boolean {
    const before = evaluationDigest(this.#evaluation);
    this.#evaluation = evaluation;
    this.#evaluatedGlobals = new Set(evaluation?.globals.map(({ name }) => name));
    const isNews = evaluationDigest(evaluation) !== before;
    if (isNews) this.surroundingsChanged();
    return isNews;
  }

  /** Globals that a loop or a helper function sets. */
  get evaluatedGlobals(): ReadonlySet<string> {
    return this.#evaluatedGlobals;
  }

  /** Names of declarations of some kinds that evaluating the file found. */
  evaluatedNames(kinds: readonly string[]): readonly string[] {
    return (this.#evaluation?.declarations ?? []).flatMap(({ kind, name }) =>
      name !== undefined && kinds.includes(kind) ? [name] : [],
    );
  }

  /** The word that declared what a computed global holds: `Tool`. */
  evaluatedKind(name: string): string | undefined {
    return this.#evaluation?.declarations.find((declaration) => declaration.name === name)?.kind;
  }

  /** Counts the changes of the text and of what it depends on. */
  get version(): number {
    return this.#version;
  }

  /** The statement that holds an offset of the text; at a border the one that starts there. */
  modelAt(offset: number): StatementModel {
    let low = 0;
    let high = this.#models.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#models[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const model = this.#models[low];
    if (!model) throw new Error("A tree ends with the statement for the end of its file.");
    return model;
  }

  /** Takes a new text. True when what other files can see of it has changed. */
  update(text: string): boolean {
    if (text === this.text) return false;
    const previous = new Map(this.#models.map((model) => [model.top, model]));
    const tree = updateSource(this.#tree, text);
    const kept = tree.statements.map((top) => previous.get(top));
    const keptModels = new Set(kept);
    const removed = this.#models.filter((model) => !keptModels.has(model));
    const before = removed.map((model) => exportedNames(this, model));
    for (const model of removed) model.isCurrent = false;
    this.#take(
      tree,
      tree.statements.map((top, index) => kept[index] ?? new StatementModel(this.uri, top)),
    );
    const added = this.#models.filter((model) => !keptModels.has(model));
    return this.#invalidate(before, added) > 0;
  }

  /** Forgets everything that was found out with the help of other files, since those have changed. */
  surroundingsChanged(): void {
    this.#take(
      this.#tree,
      this.#models.map((model) => this.#renewed(model)),
    );
  }

  annotationsBefore(model: StatementModel, start: number): Annotations | undefined {
    let known = this.#annotations.get(model.top);
    if (!known) {
      known = new Map();
      this.#annotations.set(model.top, known);
    }
    if (!known.has(start)) {
      const comment = commentBefore(this.#tree.tokens, model.offset + start).map((line) => ({
        text: line.text,
        start: line.start - model.offset,
      }));
      known.set(start, comment.length > 0 ? parseAnnotations(comment) : undefined);
    }
    return known.get(start);
  }

  moduleType(name: string): Type | undefined {
    return this.#surroundings.moduleType(this.uri, name);
  }

  globalOfModules(name: string): Type | undefined {
    return this.#surroundings.globalOfModules(this.uri, name);
  }

  /** What `require` of this file gives: the value of its `return`. */
  returnedType(): Type | undefined {
    const model = this.#models.findLast(({ top }) => top.node.kind === "ReturnStatement");
    const value = model?.top.node.kind === "ReturnStatement" ? model.top.node.values[0] : undefined;
    return model && value && this.#inference.typeOf(model, value);
  }

  #take(tree: SourceTree, models: readonly StatementModel[]): void {
    this.#tree = tree;
    this.#lines = undefined;
    this.#version++;
    this.#models = this.#place(models, tree);
    this.#names = new FileNames(this.#models);
    this.#inference = new TypeInference(this);
  }

  #place(models: readonly StatementModel[], tree = this.#tree): readonly StatementModel[] {
    for (const [index, model] of models.entries()) {
      model.index = index;
      model.offset = tree.offsets[index] ?? 0;
    }
    return models;
  }

  #renewed(model: StatementModel): StatementModel {
    model.isCurrent = false;
    return new StatementModel(this.uri, model.top);
  }

  /**
   * Gives new models to the statements that depend on a name whose meaning has changed, until no more meanings change.
   * Returns how many names changed.
   */
  #invalidate(before: ReadonlyArray<ReadonlyMap<string, string>>, added: readonly StatementModel[]): number {
    const after = added.map((model) => exportedNames(this, model));
    const changed = differingNames(before, after);
    const all = new Set(changed);
    const renewed = new Set<StatementModel>(added);
    let fresh = changed;
    while (fresh.size > 0) {
      const stale = this.#models.filter(
        (model) => !renewed.has(model) && [...fresh].some((name) => model.dependencies.has(name)),
      );
      if (stale.length === 0) break;
      fresh = this.#renew(stale, renewed);
      for (const name of fresh) all.add(name);
    }
    return all.size;
  }

  #renew(stale: readonly StatementModel[], renewed: Set<StatementModel>): Set<string> {
    const before = stale.map(({ exported }) => exported ?? new Map<string, string>());
    const replaced = new Set(stale);
    const models = this.#models.map((model) => (replaced.has(model) ? this.#renewed(model) : model));
    this.#take(this.#tree, models);
    const fresh = models.filter((_, index) => stale.some((model) => model.index === index));
    for (const model of fresh) renewed.add(model);
    return differingNames(
      before,
      fresh.map((model) => exportedNames(this, model)),
    );
  }
}

/** Names whose printed meanings, all statements together, are not the same as before. */
function differingNames(
  before: ReadonlyArray<ReadonlyMap<string, string>>,
  after: ReadonlyArray<ReadonlyMap<string, string>>,
): Set<string> {
  const old = meanings(before);
  const current = meanings(after);
  const names = [...old.keys(), ...current.keys()];
  return new Set(names.filter((name) => old.get(name) !== current.get(name)));
}

function meanings(exports: ReadonlyArray<ReadonlyMap<string, string>>): Map<string, string> {
  const all = new Map<string, string>();
  for (const names of exports)
    for (const [name, text] of names) all.set(name, `${all.get(name) ?? ""}\n${text}`);
  return all;
}

/** What an evaluation tells the rest of the file. */
function evaluationDigest(evaluation: EvaluatedDeclarations | undefined): string {
  if (!evaluation) return "";
  const names = evaluation.declarations.map(
    ({ kind, name = "", line }) => `${kind} ${name} ${name === "" ? line : ""}`,
  );
  const globals = evaluation.globals.map(({ name }) => name);
  const problem = evaluation.problem
    ? `${evaluation.problem.message} ${evaluation.problem.topLine ?? 0}`
    : "";
  return [...names, "", ...globals, "", problem].join("\n");
}

import type {
  EvaluatedDeclarations,
  EvaluationRequest,
  ModuleSource,
} from "#language/declarations/evaluated-declarations.ts";
import { diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import { checkProcedure } from "#language/diagnostics/check-procedure.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { moduleCandidates, moduleTarget } from "#language/project/modules.ts";
import { needsEvaluation } from "#language/project/needs-evaluation.ts";
import {
  type ConfigurationFacts,
  type ModuleTarget,
  nothingConfigured,
  type ProjectView,
} from "#language/project/project-view.ts";
import { Requirements } from "#language/project/requirements.ts";
import { standardModuleType } from "#language/semantics/inference/vocabulary-types.ts";
import { type OutlineEntry, type OutlineKind, outlineOf } from "#language/semantics/outline.ts";
import { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { Type } from "#language/semantics/types.ts";
import type { LineIndex } from "#language/syntax/line-index.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Trees of files that nobody works on are kept for as many files, since modules are asked for again and again. */
const mostUnusedTrees = 128;

/**
 * Characters up to which a file is read: some 100,000 lines. Only what a machine wrote is longer, and its tree would
 * take the memory of everything else.
 */
const mostCharacters = 4 * 1024 * 1024;

/** Facts about a file that stay when its tree is let go. */
interface KnownFile {
  text: string;
  /** Absent while only the text and the findings are kept. */
  procedure: ProcedureFile | undefined;
  /** Absent when something that they depend on has changed. */
  diagnostics: readonly Diagnostic[] | undefined;
  /** Something that it depends on has changed since its tree was made. */
  isStale: boolean;
  /** Names that it requires. */
  modules: readonly string[];
  /** For searches over the workspace; kept when the tree is let go. */
  symbols: readonly ProjectSymbol[] | undefined;
}

/** A name that a search over all files can find; the span is in the text. */
export interface ProjectSymbol {
  readonly name: string;
  readonly kind: OutlineKind;
  readonly selection: Span;
  readonly container?: string;
}

export interface ProjectOptions {
  /** Names a file as the caller knows it, in findings; without it the URI is used. */
  readonly describe?: (uri: string) => string;
  /** What the configuration around a file offers. */
  readonly configurationOf?: (uri: string) => ConfigurationFacts;
}

/** All `.tac` files that are known, by URI: what they require of each other, and what is wrong with each. */
export class Project implements ProjectView {
  readonly #files = new Map<string, KnownFile>();
  readonly #requirements = new Requirements();
  readonly #describe: (uri: string) => string;
  readonly #configurationOf: (uri: string) => ConfigurationFacts;
  /** Files that are being worked on. */
  readonly #pinned = new Set<string>();
  /** Other files whose trees are kept, the one that was used last at the end. */
  readonly #recent = new Set<string>();
  /** Modules whose types are being found out, so that files that require each other come to an end. */
  readonly #loading = new Set<string>();

  constructor({ describe = (uri) => uri, configurationOf = () => nothingConfigured }: ProjectOptions = {}) {
    this.#describe = describe;
    this.#configurationOf = configurationOf;
  }

  /** Adds a file, or gives it a new text. Returns the files whose findings may change with it, itself included. */
  setText(uri: string, text: string): readonly string[] {
    const known = this.#files.get(uri);
    if (!known) {
      this.#files.set(uri, {
        text,
        procedure: undefined,
        diagnostics: undefined,
        isStale: false,
        modules: [],
        symbols: undefined,
      });
      this.#noteRequires(uri);
      return this.#changed(uri);
    }
    if (known.text === text) return [];
    known.text = text;
    known.symbols = undefined;
    known.diagnostics = undefined;
    const wasStale = known.isStale;
    if (isTooLarge(known)) known.procedure = undefined;
    const isSeen = (known.procedure?.update(text) ?? true) || wasStale;
    this.#noteRequires(uri);
    return isSeen ? this.#changed(uri) : [uri];
  }

  /** Takes a file away. Returns the files whose findings may change. */
  remove(uri: string): readonly string[] {
    if (!this.#files.delete(uri)) return [];
    this.#requirements.set(uri, []);
    return this.#changed(uri).filter((other) => other !== uri);
  }

  has(uri: string): boolean {
    return this.#files.has(uri);
  }

  uris(): Iterable<string> {
    return this.#files.keys();
  }

  procedureUris(): Iterable<string> {
    return this.#files.keys();
  }

  textOf(uri: string): string | undefined {
    return this.#files.get(uri)?.text;
  }

  /** The file with everything that is known of it; made afresh when its tree was let go. None of a file that is too large. */
  procedure(uri: string): ProcedureFile | undefined {
    const known = this.#files.get(uri);
    if (!known || isTooLarge(known)) return undefined;
    known.procedure ??= new ProcedureFile(uri, known.text, {
      moduleType: (from, name) => this.#moduleType(from, name),
      globalOfModules: (from, name) => this.globalOfModules(from, name),
    });
    if (known.isStale) {
      known.isStale = false;
      known.procedure.surroundingsChanged();
    }
    this.#remember(uri);
    return known.procedure;
  }

  /** The names of a file, for searches. */
  symbolsOf(uri: string): readonly ProjectSymbol[] {
    const known = this.#files.get(uri);
    if (!known) return [];
    const file = known.symbols ? undefined : this.procedure(uri);
    if (file) known.symbols = outlineOf(file).flatMap((entry) => symbolsIn(entry));
    return known.symbols ?? [];
  }

  /** The lines of a file whose tree is at hand. */
  linesOf(uri: string): LineIndex | undefined {
    return this.#files.get(uri)?.procedure?.lines;
  }

  /** Keeps the tree of a file that is being worked on, until it is unpinned. */
  pin(uri: string): void {
    this.#pinned.add(uri);
    this.#recent.delete(uri);
  }

  unpin(uri: string): void {
    this.#pinned.delete(uri);
    this.#remember(uri);
  }

  /** Of the files that nobody works on, only the trees that were used last are kept. */
  #remember(uri: string): void {
    if (this.#pinned.has(uri) || !this.#files.get(uri)?.procedure) return;
    this.#recent.delete(uri);
    this.#recent.add(uri);
    if (this.#recent.size <= mostUnusedTrees) return;
    const [oldest] = this.#recent;
    const known = oldest === undefined ? undefined : this.#files.get(oldest);
    if (oldest !== undefined) this.#recent.delete(oldest);
    if (known) known.procedure = undefined;
  }

  /** What is wrong in a file; found out once, until something that it depends on changes. */
  diagnose(uri: string): readonly Diagnostic[] {
    const known = this.#files.get(uri);
    if (!known) return [];
    if (known.diagnostics) return known.diagnostics;
    const file = this.procedure(uri);
    known.diagnostics = file
      ? checkProcedure(file, this, this.#describe)
      : [tooLargeFinding(this.#describe(uri), known.text.length)];
    return known.diagnostics;
  }

  /** What evaluating a file takes; undefined when its text tells everything. */
  evaluationRequest(uri: string): EvaluationRequest | undefined {
    const file = this.procedure(uri);
    if (!file || !needsEvaluation(file)) return undefined;
    return { uri, text: file.text, slot: uri, modules: this.#moduleSources(uri) };
  }

  /** Takes what evaluating a text found, unless the text has changed meanwhile. True when findings may change. */
  setEvaluation(uri: string, text: string, evaluation: EvaluatedDeclarations | undefined): boolean {
    const known = this.#files.get(uri);
    if (!known || known.text !== text) return false;
    const isNews = this.procedure(uri)?.setEvaluation(evaluation) ?? false;
    if (isNews) known.diagnostics = undefined;
    return isNews;
  }

  /** Sources of the modules of the project that a file requires, by whatever way, by the names that they are given. */
  #moduleSources(uri: string): Readonly<Record<string, ModuleSource>> {
    const sources: Record<string, ModuleSource> = {};
    const waiting = [uri];
    for (const from of waiting) {
      const file = this.procedure(from);
      for (const { name } of file ? requiredModules(file) : []) {
        const target = this.module(from, name);
        if (target.kind !== "file" || Object.hasOwn(sources, name)) continue;
        sources[name] = { uri: target.uri, text: this.textOf(target.uri) ?? "" };
        waiting.push(target.uri);
      }
    }
    return sources;
  }

  /** Files in an order in which modules come before those that require them, so that each is read once. */
  modulesFirst(uris: Iterable<string>): readonly string[] {
    return this.#requirements.modulesFirst(uris);
  }

  /** Files whose findings may change with a file, itself included: those that require it, by whatever way. */
  affectedBy(uri: string): readonly string[] {
    return this.#requirements.affectedBy(uri);
  }

  /** A file with those that it requires and those that require it, by whatever way. */
  relatedTo(uri: string): readonly string[] {
    const related = new Set(this.affectedBy(uri));
    for (const each of related)
      for (const required of this.#requirements.of(each)) if (this.has(required)) related.add(required);
    return [...related];
  }

  /** Files that a file requires and that are not known yet; the first of each list that exists is the module. */
  missingModules(uri: string): ReadonlyArray<readonly string[]> {
    const names = requiredNames(this.textOf(uri) ?? "");
    const targets = names.map((name) => this.module(uri, name));
    return targets.flatMap((target) => (target.kind === "missing" ? [target.candidates] : []));
  }

  /** The configuration around files has changed: what depends on it is found out again. */
  configurationChanged(uris: Iterable<string>): void {
    for (const uri of uris) this.#forget(uri);
  }

  configurationOf(uri: string): ConfigurationFacts {
    return this.#configurationOf(uri);
  }

  module(from: string, name: string): ModuleTarget {
    return moduleTarget(from, name, (uri) => this.#files.has(uri));
  }

  /** Modules share their globals with the file that requires them. */
  globalOfModules(from: string, name: string): Type | undefined {
    for (const module of this.#files.get(from)?.modules ?? []) {
      const target = this.module(from, module);
      if (target.kind !== "file") continue;
      const type = this.#while(target.uri, (file) =>
        file.names.globalWrites(name).length > 0 ? file.types.globalType(name) : undefined,
      );
      if (type) return type;
    }
    return undefined;
  }

  #moduleType(from: string, name: string): Type | undefined {
    const target = this.module(from, name);
    if (target.kind === "standard") return standardModuleType(target.name);
    return target.kind === "file" ? this.#while(target.uri, (file) => file.returnedType()) : undefined;
  }

  #while<Found>(uri: string, find: (file: ProcedureFile) => Found | undefined): Found | undefined {
    if (this.#loading.has(uri)) return undefined;
    const file = this.procedure(uri);
    if (!file) return undefined;
    this.#loading.add(uri);
    try {
      return find(file);
    } finally {
      this.#loading.delete(uri);
    }
  }

  /** Which files a text requires, without its tree: a name in a comment only makes a file look again once too often. */
  #noteRequires(uri: string): void {
    const known = this.#files.get(uri);
    if (!known) return;
    known.modules = requiredNames(known.text);
    this.#requirements.set(
      uri,
      known.modules.flatMap((name) => moduleCandidates(uri, name)),
    );
  }

  #changed(uri: string): readonly string[] {
    const affected = this.affectedBy(uri);
    for (const other of affected) if (other !== uri) this.#forget(other);
    return affected;
  }

  #forget(uri: string): void {
    const known = this.#files.get(uri);
    if (!known) return;
    known.isStale = known.procedure !== undefined;
    known.diagnostics = undefined;
  }
}

function isTooLarge({ text }: KnownFile): boolean {
  return text.length > mostCharacters;
}

function tooLargeFinding(file: string, characters: number): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    file,
    range: { start, end: start },
    severity: diagnosticCatalogue["file-too-large"].severity,
    code: "file-too-large",
    source: "tactus",
    message: `Nothing in this file is checked: it has ${characters.toLocaleString("en")} characters, and files are read up to ${mostCharacters.toLocaleString("en")}. Split it, and put data into files of its own.`,
  };
}

function symbolsIn({ name, kind, selection, children }: OutlineEntry, container?: string): ProjectSymbol[] {
  const own = { name, kind, selection, ...(container !== undefined && { container }) };
  return [own, ...children.flatMap((child) => symbolsIn(child, name))];
}

const requireCall = /\brequire\s*\(?\s*(?:"([^"\n\\]+)"|'([^'\n\\]+)'|\[\[([^\]\n]+)\]\])/g;

/** Names behind `require` in a text, wherever they stand. */
function requiredNames(text: string): readonly string[] {
  return [...text.matchAll(requireCall)].map(([, double, single, long]) => double ?? single ?? long ?? "");
}

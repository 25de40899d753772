import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { type FileKind, fileKindOf } from "#language/diagnostics/file-kind.ts";
import { prepareEmbedded } from "#language/diagnostics/prepare-embedded.ts";
import { Project } from "#language/project/project.ts";
import { LineIndex } from "#language/syntax/line-index.ts";
import type { LanguageHost } from "../host.ts";
import { type PositionEncoding, Positions } from "../positions.ts";
import { appliedChanges } from "./applied-changes.ts";
import { procedureBeside } from "./beside.ts";
import { ConfigFiles } from "./config-files.ts";

/** A document that the client has open: its text is what the client says, not what is on the disk. */
export interface OpenDocument {
  readonly uri: string;
  /** The URI as the client spells it: findings are sent for that one. */
  readonly clientUri: string;
  readonly kind: FileKind;
  readonly version: number;
  readonly text: string;
}

/**
 * All files of ours: those that are open, as the client has them, and the others of the workspace, as they are on the
 * disk. A change returns the files whose findings may have changed.
 */
export class Workspace {
  readonly project: Project;
  readonly configs: ConfigFiles;
  readonly #host: LanguageHost;
  readonly #open = new Map<string, OpenDocument>();
  readonly #positions = new Map<string, { readonly text: string; readonly positions: Positions }>();
  #isTrusted = true;
  encoding: PositionEncoding = "utf-16";
  /** Folders of the workspace, as URIs without a `/` at the end. */
  folders: readonly string[] = [];

  constructor(host: LanguageHost) {
    this.#host = host;
    const folders = (): readonly string[] => this.folders;
    this.configs = new ConfigFiles({
      host,
      get folders() {
        return folders();
      },
      isTrusted: () => this.#isTrusted,
      textOf: (uri) => this.textOf(uri),
      positionsOf: (uri) => this.positionsOf(uri),
      procedure: (uri) => this.project.procedure(uri),
    });
    this.project = new Project({ configurationOf: (uri) => this.configs.factsFor(uri) });
  }

  get openUris(): Iterable<string> {
    return this.#open.keys();
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** Findings are shown of what is open and of the workspace's folders, not of what is only read beside them. */
  isShown(uri: string): boolean {
    return this.#open.has(uri) || (this.#isInside(uri) && this.textOf(uri) !== undefined);
  }

  openDocument(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  /** What a file is: by its name, else as its editor says. */
  kindOf(uri: string): FileKind | undefined {
    return this.#open.get(uri)?.kind ?? fileKindOf(uri);
  }

  textOf(uri: string): string | undefined {
    return this.#open.get(uri)?.text ?? this.project.textOf(uri) ?? this.configs.textOf(uri);
  }

  positionsOf(uri: string): Positions | undefined {
    const text = this.textOf(uri);
    if (text === undefined) return undefined;
    const known = this.#positions.get(uri);
    if (known?.text === text) return known.positions;
    const lines = this.project.has(uri) ? this.project.linesOf(uri) : undefined;
    const positions = new Positions(text, lines ?? new LineIndex(text), this.encoding);
    if (this.#open.has(uri)) this.#positions.set(uri, { text, positions });
    return positions;
  }

  opened(document: OpenDocument): readonly string[] {
    this.#open.set(document.uri, document);
    this.project.pin(document.uri);
    return this.#take(document.uri, document.text);
  }

  /** Takes the text of a file that no editor has open. */
  setText(uri: string, text: string): readonly string[] {
    return this.#take(uri, text);
  }

  /** Applies edits in order; each is in the text that the ones before it have made. */
  changed(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): readonly string[] {
    const known = this.#open.get(uri);
    if (!known) return [];
    const positionsOf = (before: string): Positions =>
      (before === known.text ? this.positionsOf(uri) : undefined) ??
      new Positions(before, new LineIndex(before), this.encoding);
    const text = appliedChanges(known.text, changes, positionsOf);
    this.#open.set(uri, { ...known, version, text });
    return this.#take(uri, text);
  }

  /** What the disk has counts again. */
  async closed(uri: string): Promise<readonly string[]> {
    this.#open.delete(uri);
    this.#positions.delete(uri);
    this.project.unpin(uri);
    return this.reload(uri);
  }

  /** Reads a file that is not open again. */
  async reload(uri: string): Promise<readonly string[]> {
    if (this.#open.has(uri)) return [];
    const text = this.#isNobodys(uri) ? undefined : await this.#host.readFile(uri);
    if (this.kindOf(uri) === "config") await this.configs.prepare();
    if (this.#open.has(uri)) return [];
    return text === undefined ? this.removed(uri) : this.#take(uri, text);
  }

  trustChanged(isTrusted: boolean): readonly string[] {
    if (isTrusted === this.#isTrusted) return [];
    this.#isTrusted = isTrusted;
    return this.configs.checkAgain();
  }

  removed(uri: string): readonly string[] {
    if (this.#open.has(uri)) return [];
    if (this.configs.remove(uri)) return this.#configurationChanged(uri);
    const isKnown = this.project.has(uri);
    const affected = this.project.remove(uri);
    return isKnown ? [...affected, ...this.configs.sidecarsOf([uri, ...affected])] : [];
  }

  diagnose(uri: string): readonly Diagnostic[] {
    return this.project.has(uri) ? this.project.diagnose(uri) : this.configs.diagnose(uri);
  }

  /** What else is kept of a file that is not open, while its tree is at hand: the names that searches look for. */
  takeSymbols(uri: string): void {
    if (!this.#open.has(uri)) this.project.symbolsOf(uri);
  }

  /** Reads the files that a document needs and that are not known: the modules that it requires. */
  async loadModules(uri: string): Promise<readonly string[]> {
    const changed: string[] = [];
    for (const candidates of this.project.missingModules(uri)) {
      for (const candidate of candidates) {
        const text = this.project.has(candidate) ? undefined : await this.#host.readFile(candidate);
        if (text === undefined) continue;
        changed.push(...this.#take(candidate, text), ...(await this.loadModules(candidate)));
        break;
      }
    }
    return changed;
  }

  /** Loads the parser of specifications for the first text that may have one; what was found before it is stale then. */
  async loadEmbedded(uri: string): Promise<readonly string[]> {
    const mayHaveSpecification = this.textOf(uri)?.includes("Specification") === true;
    if (!mayHaveSpecification || !(await prepareEmbedded())) return [];
    const known = [...this.project.uris()];
    this.project.configurationChanged(known);
    return known;
  }

  /** Reads the configuration around a file that is not known yet: its sidecar, and the configs above it. */
  async loadConfiguration(uri: string): Promise<readonly string[]> {
    const isNew = await this.configs.load(uri);
    return isNew && this.project.has(uri) ? this.#configurationFor([uri]) : [];
  }

  /** Reads what a config file that was opened is checked against: the other layers, the procedure beside it. */
  async loadAroundConfig(uri: string): Promise<readonly string[]> {
    await this.configs.prepare();
    await this.configs.load(uri);
    const procedure = procedureBeside(uri);
    const beside = this.project.has(procedure) ? undefined : await this.#host.readFile(procedure);
    if (beside !== undefined && !this.project.has(procedure)) this.#take(procedure, beside);
    const text = this.textOf(uri);
    return text === undefined ? [] : this.#take(uri, text);
  }

  #take(uri: string, text: string): readonly string[] {
    if (this.kindOf(uri) === "config") {
      this.configs.setText(uri, text);
      return [uri, ...this.#configurationChanged(uri)];
    }
    const changed = this.project.setText(uri, text);
    return [...changed, ...this.configs.sidecarsOf(changed)];
  }

  /** Neither in a folder of the workspace nor asked for by a file that is. */
  #isNobodys(uri: string): boolean {
    if (!fileKindOf(uri)) return true;
    const isModule = this.project.affectedBy(uri).length > 1;
    return this.kindOf(uri) === "procedure" && !this.#isInside(uri) && !isModule;
  }

  #isInside(uri: string): boolean {
    return this.folders.some((folder) => uri.startsWith(`${folder}/`));
  }

  #configurationChanged(config: string): readonly string[] {
    return this.#configurationFor(this.configs.dependentsOf(config));
  }

  #configurationFor(procedures: readonly string[]): readonly string[] {
    this.project.configurationChanged(procedures);
    return procedures;
  }
}

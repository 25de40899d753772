import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { configUrisFor } from "#language/project/configuration-uris.ts";
import { type ConfigurationFacts, nothingConfigured } from "#language/project/project-view.ts";
import { sidecarsBeside } from "./beside.ts";
import type { ConfigReading, ConfigSurroundings } from "./config-reading.ts";

const nothingFound: readonly Diagnostic[] = [];

/** Sidecars and configs, by URI. Reading YAML is loaded when the first one turns up, since most files have none. */
export class ConfigFiles {
  readonly #around: Omit<ConfigSurroundings, "layersOf">;
  readonly #texts = new Map<string, string>();
  /** Config files that are known not to exist, so that each is looked for once. */
  readonly #absent = new Set<string>();
  readonly #findings = new Map<string, readonly Diagnostic[]>();
  /** Config files whose findings are those of now. */
  readonly #upToDate = new Set<string>();
  readonly #facts = new Map<string, ConfigurationFacts>();
  readonly #configsOf = new Map<string, readonly string[]>();
  #reading: ConfigReading | undefined;

  constructor(around: Omit<ConfigSurroundings, "layersOf">) {
    this.#around = around;
  }

  textOf(uri: string): string | undefined {
    return this.#texts.get(uri);
  }

  uris(): Iterable<string> {
    return this.#texts.keys();
  }

  /** Procedures that a config file counts for, of those whose configuration was read. */
  dependentsOf(config: string): readonly string[] {
    return [...this.#configsOf].filter(([, around]) => around.includes(config)).map(([uri]) => uri);
  }

  setText(uri: string, text: string): void {
    this.#texts.set(uri, text);
    this.#absent.delete(uri);
    this.#facts.clear();
    this.#upToDate.clear();
  }

  /** What is around all of them has changed: each is checked again. Gives all. */
  checkAgain(): readonly string[] {
    this.#upToDate.clear();
    return [...this.#texts.keys()];
  }

  /** The sidecars of procedures that have changed, or are gone: what is wrong in them is found out again. */
  sidecarsOf(procedures: readonly string[]): readonly string[] {
    const sidecars = procedures.flatMap(sidecarsBeside).filter((uri) => this.#texts.has(uri));
    for (const uri of sidecars) this.#upToDate.delete(uri);
    return sidecars;
  }

  remove(uri: string): boolean {
    this.#absent.add(uri);
    this.#facts.clear();
    this.#upToDate.clear();
    this.#findings.delete(uri);
    return this.#texts.delete(uri);
  }

  /** Loads what reading YAML takes; before that nothing is found in config files. */
  async prepare(): Promise<ConfigReading> {
    if (this.#reading) return this.#reading;
    const { ConfigReading: Reading } = await import("./config-reading.ts");
    this.#reading ??= new Reading({ ...this.#around, layersOf: (uri) => this.layersOf(uri) });
    return this.#reading;
  }

  /** What is wrong in a config file; the same list as long as nothing else is found. */
  diagnose(uri: string): readonly Diagnostic[] {
    if (!this.#texts.has(uri) || !this.#reading) return nothingFound;
    const known = this.#findings.get(uri);
    if (known && this.#upToDate.has(uri)) return known;
    const list = this.#reading.check(uri);
    this.#upToDate.add(uri);
    if (known && JSON.stringify(known) === JSON.stringify(list)) return known;
    this.#findings.set(uri, list);
    return list;
  }

  /** What the configuration around a procedure offers. */
  factsFor(uri: string): ConfigurationFacts {
    if (!this.#configsOf.has(uri)) return nothingConfigured;
    const known = this.#facts.get(uri);
    if (known) return known;
    const layers = this.layersOf(uri);
    const facts =
      this.#reading && layers.length > 0
        ? this.#reading.facts(layers)
        : { ...nothingConfigured, isKnown: true };
    this.#facts.set(uri, facts);
    return facts;
  }

  /** The config files that count for a procedure or a config file, the weakest first; those that exist. */
  layersOf(uri: string): readonly string[] {
    const around = this.#configsOf.get(uri) ?? this.#candidates(uri);
    return around.filter((config) => this.#texts.has(config));
  }

  /** Reads the configuration around a file, once. True when it was read just now: findings may depend on it. */
  async load(uri: string): Promise<boolean> {
    if (this.#configsOf.has(uri)) return false;
    const around = this.#candidates(uri);
    for (const config of around) {
      if (this.#texts.has(config) || this.#absent.has(config)) continue;
      const text = await this.#around.host.readFile(config);
      if (text === undefined) this.#absent.add(config);
      else this.setText(config, text);
    }
    this.#configsOf.set(uri, around);
    if (around.some((config) => this.#texts.has(config))) await this.prepare();
    return true;
  }

  /** Where the config files of a file would be: the person's own, those of the folders above, the sidecar. */
  #candidates(uri: string): readonly string[] {
    const own = this.#around.host.machine?.ownConfigs ?? [];
    if (own.includes(uri)) return own;
    const procedure = uri.endsWith(".tac") ? uri : uri.replace(/(\.tac)?\.ya?ml$/, ".tac");
    const around = configUrisFor(procedure, this.#around.folders);
    const isFolderConfig = /\/\.tactus\/config\.yml$/.test(uri);
    const counting = isFolderConfig
      ? configUrisFor(uri.replace(/\.tactus\/config\.yml$/, "x.tac"), this.#around.folders)
      : around;
    return [...new Set([...own, ...counting])];
  }
}

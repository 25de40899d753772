import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { configUrisFor } from "#language/project/configuration-uris.ts";
import { type ConfigurationFacts, nothingConfigured } from "#language/project/project-view.ts";
import type { LanguageHost } from "../host.ts";
import type { ConfigReading } from "./config-reading.ts";

const nothingFound: readonly Diagnostic[] = [];

/** Sidecars and configs, by URI. Reading YAML is loaded when the first one turns up, since most files have none. */
export class ConfigFiles {
  readonly #host: LanguageHost;
  readonly #texts = new Map<string, string>();
  /** Config files that are known not to exist, so that each is looked for once. */
  readonly #absent = new Set<string>();
  readonly #findings = new Map<string, { readonly text: string; readonly list: readonly Diagnostic[] }>();
  readonly #facts = new Map<string, ConfigurationFacts>();
  readonly #configsOf = new Map<string, readonly string[]>();
  #reading: ConfigReading | undefined;

  constructor(host: LanguageHost) {
    this.#host = host;
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
  }

  remove(uri: string): boolean {
    this.#absent.add(uri);
    this.#facts.clear();
    this.#findings.delete(uri);
    return this.#texts.delete(uri);
  }

  /** Loads what reading YAML takes; before that nothing is found in config files. */
  async prepare(): Promise<ConfigReading> {
    this.#reading ??= (await import("./config-reading.ts")).configReading;
    return this.#reading;
  }

  /** What is wrong in a config file; the same list as long as its text stays. */
  diagnose(uri: string): readonly Diagnostic[] {
    const text = this.#texts.get(uri);
    const known = this.#findings.get(uri);
    if (known && known.text === text) return known.list;
    const list = text === undefined ? undefined : this.#reading?.check(text, uri);
    if (!list || text === undefined) return nothingFound;
    this.#findings.set(uri, { text, list });
    return list;
  }

  /** What the configuration around a procedure offers. */
  factsFor(uri: string): ConfigurationFacts {
    const around = this.#configsOf.get(uri);
    if (!around) return nothingConfigured;
    const known = this.#facts.get(uri);
    if (known) return known;
    const texts = around.flatMap((config) => {
      const text = this.#texts.get(config);
      return text === undefined ? [] : [{ uri: config, text }];
    });
    const facts =
      this.#reading && texts.length > 0
        ? this.#reading.facts(texts)
        : { ...nothingConfigured, isKnown: true };
    this.#facts.set(uri, facts);
    return facts;
  }

  /** Reads the configuration around a procedure, once. True when it was read just now: findings may depend on it. */
  async load(uri: string, folders: readonly string[]): Promise<boolean> {
    if (this.#configsOf.has(uri)) return false;
    const around = configUrisFor(uri, folders);
    for (const config of around) {
      if (this.#texts.has(config) || this.#absent.has(config)) continue;
      const text = await this.#host.readFile(config);
      if (text === undefined) this.#absent.add(config);
      else this.setText(config, text);
    }
    this.#configsOf.set(uri, around);
    if (around.some((config) => this.#texts.has(config))) await this.prepare();
    return true;
  }
}

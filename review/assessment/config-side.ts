import { fail, ok, type Result } from "#common/result.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { configUrisFor } from "#language/project/configuration-uris.ts";
import { checkConfigDocument } from "#language/sidecar/check-config.ts";
import { type ConfigKind, configKindOf } from "#language/sidecar/config-kind.ts";
import { maximumConfigBytes } from "#language/sidecar/config-path.ts";
import { type ConfigLayer, type Decision, type Resolution, resolveLayers } from "#language/sidecar/layers.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";
import { readDocument } from "#language/sidecar/read-config.ts";
import { parseYamlDocument, type YamlDocument } from "#language/sidecar/yaml-document.ts";
import { pathOf, repositoryUri, uriOf } from "#review/assessment/repository-uris.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { readSource } from "#review/trees/read-source.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

interface KnownConfig {
  readonly document: YamlDocument;
  readonly layer: ConfigLayer;
}

/** The configs of one side of a change. Nothing of the person's own is among them: a review says the same to everybody. */
export class ConfigSide {
  readonly #tree: SourceTree;
  /** By path; undefined where there is none. */
  readonly #known = new Map<string, KnownConfig | undefined>();

  constructor(tree: SourceTree) {
    this.#tree = tree;
  }

  /** The config files that count for a procedure, the weakest first: those of the folders above it, its sidecar. */
  async layersOf(procedure: string): Promise<Result<readonly ConfigLayer[], ReviewProblem>> {
    const layers: ConfigLayer[] = [];
    for (const uri of configUrisFor(uriOf(procedure), [repositoryUri])) {
      const known = await this.#read(pathOf(uri));
      if (!known.ok) return known;
      const isSecondSidecar = layers.some(({ read }) => configKindOf(read.file) === "sidecar");
      if (known.value && !isSecondSidecar) layers.push(known.value.layer);
    }
    return ok(layers);
  }

  /** What the configs around a procedure come to when everything that a grant can give is granted. */
  async resolutionFor(procedure: string): Promise<Result<Resolution, ReviewProblem>> {
    const layers = await this.layersOf(procedure);
    return layers.ok ? ok(resolveAll(layers.value)) : layers;
  }

  /** What one config file asks for, measured against the files that it is laid over. */
  async decisionsOf(config: string): Promise<Result<readonly Decision[], ReviewProblem>> {
    const layers = await this.layersOf(procedureOf(config));
    if (!layers.ok) return layers;
    await this.#read(config);
    return ok(resolveAll(layers.value).decisions.filter(({ layer }) => layer.read.file === config));
  }

  /** Whether a config file that was asked about is one that a run could start with. */
  isRead(config: string): boolean {
    return this.#known.get(config)?.layer.read.config !== undefined;
  }

  /** What is wrong in a config file. */
  async diagnose(
    config: string,
    procedure: ProcedureFacts | undefined,
  ): Promise<Result<readonly Diagnostic[], ReviewProblem>> {
    const known = await this.#read(config);
    if (!known.ok) return known;
    const layers = await this.layersOf(procedureOf(config));
    if (!layers.ok) return layers;
    if (!known.value) return ok([]);
    return ok(
      checkConfigDocument(known.value.document, {
        file: config,
        kind: kindOf(config),
        untrusted: true,
        others: layers.value.flatMap(({ read }) =>
          read.file !== config && read.config ? [read.config] : [],
        ),
        ...(procedure && { procedure }),
      }),
    );
  }

  async #read(path: string): Promise<Result<KnownConfig | undefined, ReviewProblem>> {
    if (this.#known.has(path)) return ok(this.#known.get(path));
    const text = await readSource(this.#tree, path, maximumConfigBytes);
    if (!text.ok) return fail(text.error);
    const known = text.value === undefined ? undefined : readConfigText(text.value, path);
    this.#known.set(path, known);
    return ok(known);
  }
}

function readConfigText(text: string, path: string): KnownConfig {
  const document = parseYamlDocument(text);
  return { document, layer: { read: readDocument(document, path, kindOf(path)), trusted: false } };
}

function kindOf(path: string): ConfigKind {
  return /(^|\/)\.tactus\/config\.yml$/.test(path) ? "config" : "sidecar";
}

/** A procedure that a config file counts for, be it one that does not exist. */
export function procedureOf(config: string): string {
  return kindOf(config) === "config"
    ? config.replace(/\.tactus\/config\.yml$/, "any.tac")
    : config.replace(/(\.tac)?\.ya?ml$/, ".tac");
}

function resolveAll(layers: readonly ConfigLayer[]): Resolution {
  return resolveLayers(layers, { isGranted: () => true, variable: () => undefined });
}

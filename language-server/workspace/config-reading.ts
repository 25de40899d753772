import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { configurationFacts } from "#language/project/configuration-facts.ts";
import { declarationSpan, procedureFacts } from "#language/project/procedure-facts.ts";
import type { ConfigurationFacts } from "#language/project/project-view.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { checkConfigDocument } from "#language/sidecar/check-config.ts";
import { configKindOf } from "#language/sidecar/config-kind.ts";
import { readDocument } from "#language/sidecar/read-config.ts";
import { parseYamlDocument, type YamlDocument } from "#language/sidecar/yaml-document.ts";
import { modelIds } from "#vocabulary/providers.ts";
import type { LanguageHost } from "../host.ts";
import type { Positions } from "../positions.ts";
import type { YamlContext, YamlLayer } from "../yaml/yaml-context.ts";
import { procedureBeside } from "./beside.ts";

/** What reading config files needs to see of the workspace. */
export interface ConfigSurroundings {
  readonly host: LanguageHost;
  /** Folders of the workspace, as URIs. */
  readonly folders: readonly string[];
  /** Whether the person trusts these folders. */
  isTrusted(): boolean;
  textOf(uri: string): string | undefined;
  positionsOf(uri: string): Positions | undefined;
  procedure(uri: string): ProcedureFile | undefined;
  /** The config files that count for one, or for a procedure, the weakest first; those that exist. */
  layersOf(uri: string): readonly string[];
}

/** Reads sidecars and configs in their surroundings. It is a module of its own, since YAML is loaded late. */
export class ConfigReading {
  readonly #around: ConfigSurroundings;
  readonly #documents = new Map<string, YamlDocument>();

  constructor(around: ConfigSurroundings) {
    this.#around = around;
  }

  /** The document as it stands, read again only where its text has changed. */
  document(uri: string): YamlDocument | undefined {
    const text = this.#around.textOf(uri);
    if (text === undefined) return undefined;
    const document = parseYamlDocument(text, this.#documents.get(uri));
    this.#documents.set(uri, document);
    return document;
  }

  check(uri: string): readonly Diagnostic[] {
    const document = this.document(uri);
    if (!document) return [];
    const { host, folders } = this.#around;
    const { machine } = host;
    const folder = pathOf(startFolder(uri));
    const root = folders.find((each) => uri.startsWith(`${each}/`));
    const others = this.#around.layersOf(uri).filter((other) => other !== uri);
    const procedure = this.#procedureOf(uri);
    const isOwn = machine?.ownConfigs.includes(uri) ?? false;
    return checkConfigDocument(document, {
      file: uri,
      isOwn,
      untrusted: !isOwn && !this.#around.isTrusted(),
      others: others.flatMap((other) => this.#config(other) ?? []),
      ...(procedure && { procedure: procedureFacts(procedure, procedure.uri) }),
      ...(machine && {
        place: { folder, home: machine.home, ...(root !== undefined && { workspaceRoot: pathOf(root) }) },
        exists: (path: string) =>
          machine.exists(/^([A-Za-z]:)?[\\/]/.test(path) ? path : `${folder}/${path}`),
        variable: (name: string) => machine.variable(name),
      }),
    });
  }

  facts(uris: readonly string[]): ConfigurationFacts {
    return configurationFacts(uris.map((uri) => this.#config(uri)));
  }

  /** What a request about a config file, or about the configuration of a procedure, can ask for. */
  context(uri: string, hasSnippets: boolean): YamlContext | undefined {
    const positions = this.#around.positionsOf(uri);
    if (!positions) return undefined;
    const procedure = this.#procedureOf(uri);
    const procedurePositions = procedure && this.#around.positionsOf(procedure.uri);
    return {
      uri,
      kind: configKindOf(uri),
      positions,
      ...this.layered(uri),
      listFolder: (folder) => this.#around.host.listFolder(folder),
      models: modelIds.map(({ name }) => name),
      hasSnippets,
      ...(procedure &&
        procedurePositions && {
          procedure: procedureFacts(procedure, procedure.uri),
          procedureUri: procedure.uri,
          procedurePositions,
          declarationOf: (name: string) => {
            const span = declarationSpan(procedure, name);
            return span && { uri: procedure.uri, range: procedurePositions.range(span) };
          },
        }),
    };
  }

  /** The layers that count for a file, and the environment. */
  layered(uri: string): Pick<YamlContext, "layers" | "variable"> {
    const { machine } = this.#around.host;
    return {
      layers: this.#around.layersOf(uri).flatMap((layer) => this.#layer(layer) ?? []),
      ...(machine && { variable: (name: string) => machine.variable(name) }),
    };
  }

  #config(uri: string): ReturnType<typeof readDocument>["config"] {
    const document = this.document(uri);
    return document && readDocument(document, uri, configKindOf(uri)).config;
  }

  #layer(uri: string): YamlLayer | undefined {
    const document = this.document(uri);
    const positions = this.#around.positionsOf(uri);
    if (!document || !positions) return undefined;
    const root = this.#around.folders.find((folder) => uri.startsWith(`${folder}/`));
    const name = root === undefined ? pathOf(uri) : decodeURIComponent(uri.slice(root.length + 1));
    const isOwn = this.#around.host.machine?.ownConfigs.includes(uri) ?? false;
    return { uri, name, document, kind: configKindOf(uri), isOwn, positions };
  }

  /** The procedure that a sidecar belongs to: `a.tac.yml` and `a.yml` to `a.tac`. */
  #procedureOf(uri: string): ProcedureFile | undefined {
    if (uri.endsWith(".tac")) return this.#around.procedure(uri);
    return this.#around.procedure(procedureBeside(uri));
  }
}

function startFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/")).replace(/\/\.tactus$/, "");
}

function pathOf(uri: string): string {
  return decodeURIComponent(uri.replace(/^file:\/\/(?=\/)/, "").replace(/^\/(?=[A-Za-z]:)/, ""));
}

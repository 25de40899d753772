import type { TextRange } from "#common/text-position.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { type ConfigKind, configKindOf } from "#language/sidecar/config-kind.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import { toDiagnostic } from "#language/sidecar/finding.ts";
import { schemaFindings } from "#language/sidecar/schema-findings.ts";
import { parseYamlDocument, type YamlDocument } from "#language/sidecar/yaml-document.ts";

/** A config file as values with places, and what is wrong with it. `config` is absent when there is an error. */
export interface ReadConfig {
  readonly file: string;
  readonly config: ConfigFile | undefined;
  readonly problems: readonly Diagnostic[];
  /** Line (from 1) of the key at a path. */
  lineOf(path: ConfigPath): number;
  keyRange(path: ConfigPath): TextRange;
}

/** Reads the text of a config file or sidecar. Strict: an unknown key or a wrong type is an error with its place. */
export function readConfig(text: string, file: string, kind: ConfigKind = configKindOf(file)): ReadConfig {
  return readDocument(parseYamlDocument(text), file, kind);
}

/** The same for a document that was read already. */
export function readDocument(document: YamlDocument, file: string, kind: ConfigKind): ReadConfig {
  const { config, findings } = schemaFindings(document, kind);
  return {
    file,
    config,
    problems: findings.map((finding) => toDiagnostic(finding, document, file)),
    lineOf: (path) => document.lineOf(path),
    keyRange: (path) => document.range(document.keySpan(path)),
  };
}

import type { CheckContext } from "#language/sidecar/check-context.ts";
import type { ConfigDiagnosticCode } from "#language/sidecar/config-catalogue.ts";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import type { MappingEntry, ScalarNode } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { Finding } from "#language/sidecar/finding.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";

/** Findings of procedures that config files have as well. */
export type SharedCode = "hidden-character" | "confusable-name";

/** A finding of a rule; its severity is that of the catalogue unless the rule says otherwise. */
export type RuleFinding = Omit<Finding, "severity" | "code"> & {
  readonly code: ConfigDiagnosticCode | SharedCode;
  readonly severity?: Finding["severity"];
};

/** What a rule looks at. */
export interface RuleSubject {
  readonly document: YamlDocument;
  readonly context: CheckContext;
  readonly kind: ConfigKind;
}

/** Finds one kind of mistake. It looks at places, so that a text that is broken elsewhere is checked as well. */
export type ConfigRule = (subject: RuleSubject) => Iterable<RuleFinding>;

/** The entries of the mapping at a path. */
export function entriesAt(document: YamlDocument, path: ConfigPath): readonly MappingEntry[] {
  const node = document.nodeAt(path);
  return node?.kind === "mapping" ? node.entries : [];
}

/** The scalar at a path. */
export function scalarAt(document: YamlDocument, path: ConfigPath): ScalarNode | undefined {
  const node = document.nodeAt(path);
  return node?.kind === "scalar" ? node : undefined;
}

/** A text with its place. */
export interface PlacedText {
  readonly text: string;
  readonly node: ScalarNode;
}

/** The text at a path. */
export function textAt(document: YamlDocument, path: ConfigPath): PlacedText | undefined {
  const node = scalarAt(document, path);
  return node && typeof node.value === "string" ? { text: node.value, node } : undefined;
}

/** The texts of the list at a path, by their place in it. */
export function textsAt(document: YamlDocument, path: ConfigPath): readonly PlacedText[] {
  const node = document.nodeAt(path);
  if (node?.kind !== "list") return [];
  return node.items.flatMap((_, index) => textAt(document, [...path, index]) ?? []);
}

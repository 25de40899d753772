import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { CheckContext } from "#language/sidecar/check-context.ts";
import { configDiagnostics } from "#language/sidecar/config-catalogue.ts";
import { configKindOf } from "#language/sidecar/config-kind.ts";
import { type Finding, toDiagnostic } from "#language/sidecar/finding.ts";
import { commands } from "#language/sidecar/rules/commands.ts";
import type { ConfigRule, RuleFinding } from "#language/sidecar/rules/config-rule.ts";
import { confinement, plainAddresses } from "#language/sidecar/rules/confinement.ts";
import { loneSidecar, missingPaths } from "#language/sidecar/rules/files.ts";
import { hostToolDefaults } from "#language/sidecar/rules/host-tool-defaults.ts";
import { inputs } from "#language/sidecar/rules/inputs.ts";
import { limits, timeouts } from "#language/sidecar/rules/limits.ts";
import { mounts, mountUnderReview } from "#language/sidecar/rules/mounts.ts";
import { emptyPluginToolset, leftOutKeys, unknownNames } from "#language/sidecar/rules/names.ts";
import { clearSecrets, secretsInside } from "#language/sidecar/rules/secrets.ts";
import { hiddenCharacters, oddVariables, unsetVariables } from "#language/sidecar/rules/texts.ts";
import { schemaFindings } from "#language/sidecar/schema-findings.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";

const rules: readonly ConfigRule[] = [
  loneSidecar,
  mounts,
  mountUnderReview,
  confinement,
  plainAddresses,
  limits,
  timeouts,
  secretsInside,
  clearSecrets,
  commands,
  unknownNames,
  leftOutKeys,
  emptyPluginToolset,
  hostToolDefaults,
  inputs,
  missingPaths,
  oddVariables,
  unsetVariables,
  hiddenCharacters,
];

/**
 * Everything that is wrong or unwise in a config file or sidecar, in the order of the text. What the text alone makes
 * an error is what the start of a run refuses, by the same functions.
 */
export function checkConfigDocument(document: YamlDocument, context: CheckContext): readonly Diagnostic[] {
  const kind = context.kind ?? configKindOf(context.file);
  const subject = { document, context, kind };
  const { findings } = schemaFindings(document, kind);
  const meant = rules.flatMap((rule) => firstOf(rule(subject)).map(withSeverity));
  return [...findings, ...meant]
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .map((finding) => toDiagnostic(finding, document, context.file));
}

/** Nobody reads more of the same. */
const mostFindings = 200;

function firstOf(findings: Iterable<RuleFinding>): RuleFinding[] {
  const first: RuleFinding[] = [];
  for (const finding of findings) {
    first.push(finding);
    if (first.length === mostFindings) break;
  }
  return first;
}

function withSeverity(finding: RuleFinding): Finding {
  const usual = finding.code === "hidden-character" ? "warning" : configDiagnostics[finding.code].severity;
  return { ...finding, severity: finding.severity ?? usual };
}

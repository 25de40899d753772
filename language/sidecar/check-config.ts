import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { CheckContext } from "#language/sidecar/check-context.ts";
import { configDiagnostics } from "#language/sidecar/config-catalogue.ts";
import { configKindOf } from "#language/sidecar/config-kind.ts";
import { type Finding, toDiagnostic } from "#language/sidecar/finding.ts";
import { commands } from "#language/sidecar/rules/commands.ts";
import type { ConfigRule, RuleFinding, SharedCode } from "#language/sidecar/rules/config-rule.ts";
import { confinement, plainAddresses } from "#language/sidecar/rules/confinement.ts";
import { loneSidecar, missingPaths } from "#language/sidecar/rules/files.ts";
import { hostToolDefaults } from "#language/sidecar/rules/host-tool-defaults.ts";
import { inputs } from "#language/sidecar/rules/inputs.ts";
import { limits, timeouts } from "#language/sidecar/rules/limits.ts";
import { mounts, mountUnderReview } from "#language/sidecar/rules/mounts.ts";
import { emptyPluginToolset, leftOutKeys, unknownNames } from "#language/sidecar/rules/names.ts";
import { clearSecrets, secretsInside } from "#language/sidecar/rules/secrets.ts";
import {
  confusableNames,
  hiddenCharacters,
  oddVariables,
  unsetVariables,
} from "#language/sidecar/rules/texts.ts";
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
  confusableNames,
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
  // A key that the schema does not know is told once, with the letters that are the reason.
  const unknown = new Set(findings.map(({ start }) => start));
  const told = meant.filter(({ code, start }) => code !== "confusable-name" || !unknown.has(start));
  return [...findings, ...told]
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
  const usual = isShared(finding.code) ? "warning" : configDiagnostics[finding.code].severity;
  return { ...finding, severity: finding.severity ?? usual };
}

function isShared(code: RuleFinding["code"]): code is SharedCode {
  return code === "hidden-character" || code === "confusable-name";
}

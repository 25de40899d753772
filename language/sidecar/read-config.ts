import type { z } from "zod";
import type { TextRange } from "#common/text-position.ts";
import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";
import type { Diagnostic, DiagnosticSeverity } from "#language/diagnostics/diagnostic.ts";
import { type ConfigPath, valueAt } from "#language/sidecar/config-path.ts";
import { type ConfigFile, configSchema } from "#language/sidecar/config-schema.ts";
import { type LocatedYaml, parseLocatedYaml } from "#language/sidecar/located-yaml.ts";
import {
  expectationAt,
  ineffectiveReason,
  keyExpectationAt,
  knownKeys,
} from "#language/sidecar/schema-words.ts";
import { nearestWord } from "#language/sidecar/spelling.ts";

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
export function readConfig(text: string, file: string): ReadConfig {
  const yaml = parseLocatedYaml(text);
  const lineOf = (path: ConfigPath): number => yaml.keyRange(path).start.line + 1;
  const keyRange = (path: ConfigPath): TextRange => yaml.keyRange(path);
  const report = reporter(file);
  if (yaml.errors.length > 0) {
    const problems = yaml.errors.map(({ range, message }) =>
      report("error", "config-unreadable", range, message),
    );
    return { file, config: undefined, problems, lineOf, keyRange };
  }
  const parsed = configSchema.safeParse(yaml.value ?? {});
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, yaml, report));
    return { file, config: undefined, problems, lineOf, keyRange };
  }
  return { file, config: parsed.data, problems: warnIneffective(yaml, report), lineOf, keyRange };
}

type Report = (
  severity: DiagnosticSeverity,
  code: DiagnosticCode,
  range: TextRange,
  message: string,
) => Diagnostic;

function reporter(file: string): Report {
  return (severity, code, range, message) => ({ file, range, severity, code, source: "tactus", message });
}

function describeIssue(issue: z.core.$ZodIssue, yaml: LocatedYaml, report: Report): Diagnostic[] {
  const path = issue.path.filter((segment) => typeof segment !== "symbol");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      report("error", "config-unknown-key", yaml.keyRange([...path, key]), unknownKeyMessage(path, key)),
    );
  }
  if (issue.code === "invalid_key") {
    const message = `"${path.join(".")}" must be ${keyExpectationAt(path)}.`;
    return [report("error", "config-wrong-value", yaml.keyRange(path), message)];
  }
  const missing = valueAt(yaml.value, path) === undefined;
  const range = missing ? yaml.keyRange(path) : yaml.valueRange(path);
  return [report("error", "config-wrong-value", range, wrongValueMessage(path, yaml))];
}

function unknownKeyMessage(path: ConfigPath, key: string): string {
  const known = knownKeys(path);
  const nearest = nearestWord(key, known);
  const hint = nearest ? `Did you mean "${nearest}"?` : `Known here: ${known.join(", ")}.`;
  return `Unknown key "${[...path, key].join(".")}". ${hint}`;
}

function wrongValueMessage(path: ConfigPath, yaml: LocatedYaml): string {
  const expected = expectationAt(path);
  const found = valueAt(yaml.value, path);
  const subject = path.length === 0 ? "The file" : `"${path.join(".")}"`;
  if (found === undefined) return `${subject} is missing: it must be ${expected}.`;
  return `${subject} must be ${expected}, not ${describeValue(found)}.`;
}

/** A value for an error text: short, since it may be anything; never a secret's whole text. */
function describeValue(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return value.length <= 40 ? `the text "${value}"` : "that text";
  return String(value);
}

function warnIneffective(yaml: LocatedYaml, report: Report): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  for (const path of [...keysBelow(yaml.value, []), ...keysBelow(yaml.value, ["sandbox"])]) {
    const reason = ineffectiveReason(path);
    if (reason === undefined) continue;
    const message = `"${path.join(".")}" has no effect: ${reason}.`;
    warnings.push(report("warning", "config-key-without-effect", yaml.keyRange(path), message));
  }
  return warnings;
}

function keysBelow(root: unknown, path: ConfigPath): ConfigPath[] {
  const mapping = valueAt(root, path);
  return typeof mapping === "object" && mapping !== null
    ? Object.keys(mapping).map((key) => [...path, key])
    : [];
}

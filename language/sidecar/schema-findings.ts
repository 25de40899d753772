import type { z } from "zod";
import type { Json } from "#common/json.ts";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import { type ConfigPath, valueAt } from "#language/sidecar/config-path.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { Finding } from "#language/sidecar/finding.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import { removalFix, unknownKeyFix, wrongValueFixes } from "#language/sidecar/schema-fixes.ts";
import {
  expectationAt,
  ineffectiveReason,
  keyExpectationAt,
  knownKeys,
  schemaOf,
} from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import { notEffectiveKeys } from "#vocabulary/config-keys-without-effect.ts";

/** A document held against its schema. */
export interface SchemaFindings {
  /** Absent when there is an error. */
  readonly config: ConfigFile | undefined;
  readonly findings: readonly Finding[];
}

/**
 * What keeps a document from being a config file. Every error here stops the start of a run, and nothing else in the
 * text alone does: the runner asks the same function.
 */
export function schemaFindings(document: YamlDocument, kind: ConfigKind): SchemaFindings {
  const unreadable = document.problems.map(({ related, ...problem }): Finding => {
    const places = related && { related: [related] };
    return { ...problem, ...places, code: "config-unreadable", severity: "error" };
  });
  const parsed = schemaOf(kind).safeParse(document.value ?? {});
  const wrong = parsed.success
    ? []
    : parsed.error.issues.slice(0, mostIssues).flatMap((issue) => describeIssue(issue, document, kind));
  const findings = [...unreadable, ...wrong, ...ineffective(document)];
  const isSound = parsed.success && unreadable.length === 0;
  return { config: isSound ? (parsed.data as ConfigFile) : undefined, findings };
}

/** Nobody reads more of them, and each takes a look at its place. */
const mostIssues = 100;

/** What the schema complains of, at its place: a missing key where it should stand, a wrong value where it stands. */
function describeIssue(issue: z.core.$ZodIssue, document: YamlDocument, kind: ConfigKind): Finding[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys")
    return issue.keys.slice(0, mostIssues).map((key) => unknownKey([...path, key], document, kind));
  if (issue.code === "invalid_key") return [wrongKey(path, issue, document, kind)];
  const value = valueAt(document.value, path);
  const expected = hasOwnWords(issue) ? issue.message : expectationAt(path, kind);
  return [
    {
      ...(value === undefined ? document.keySpan(path) : document.valueSpan(path)),
      code: "config-wrong-value",
      severity: "error",
      message: wrongValueMessage(path, value, expected),
      ...withFixes(wrongValueFixes(document, path, value, kind)),
    },
  ];
}

/** A check that says what its value must be; without words of its own the schema library says "Invalid input". */
function hasOwnWords({ code, message }: z.core.$ZodIssue): boolean {
  return code === "custom" && !/^Invalid/.test(message);
}

/** With the key that was most likely meant, else with all that may stand there. */
function unknownKey(path: ConfigPath, document: YamlDocument, kind: ConfigKind): Finding {
  const key = String(path.at(-1));
  const known = knownKeys(path.slice(0, -1), kind);
  const nearest = nearestName(key, known);
  return {
    ...document.keySpan(path),
    code: "config-unknown-key",
    severity: "error",
    message: `Unknown key "${path.join(".")}". ${unknownKeyHint(key, known, nearest)}`,
    ...withFixes(nearest === undefined ? [] : [unknownKeyFix(document, path, nearest)]),
  };
}

function unknownKeyHint(key: string, known: readonly string[], nearest: string | undefined): string {
  if (key === "<<") return "Mappings are not merged here: write its keys out.";
  return nearest === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
}

/** A name that a person chose, where not every name is allowed. Only our own reasons are fit to be shown. */
function wrongKey(
  path: ConfigPath,
  issue: z.core.$ZodIssueInvalidKey,
  document: YamlDocument,
  kind: ConfigKind,
): Finding {
  const [reason] = issue.issues;
  const isExact = reason !== undefined && !/^Invalid/.test(reason.message);
  const expected = isExact ? reason.message : keyExpectationAt(path, kind);
  return {
    ...document.keySpan(path),
    code: "config-wrong-value",
    severity: "error",
    message: `"${path.join(".")}" must be ${expected}.`,
    ...withFixes(removalFix(document, path)),
  };
}

function wrongValueMessage(path: ConfigPath, value: unknown, expected: string): string {
  const subject = path.length === 0 ? "The file" : `"${path.join(".")}"`;
  if (value === undefined) return `${subject} is missing: it must be ${expected}.`;
  return `${subject} must be ${expected}, not ${describeValue(hiddenValue(path, value))}.`;
}

/** A value for an error text: short, since it may be anything. */
function describeValue(value: Json): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return value.length <= 40 ? `the text "${value}"` : "that text";
  return String(value);
}

/** Keys of the original without effect; those inside such a key are not told again. */
function ineffective(document: YamlDocument): Finding[] {
  return notEffectiveKeys.flatMap((key) => {
    const path = key.path.split(".");
    const isPart = ineffectiveReason(path.slice(0, -1)) !== undefined;
    if (isPart || valueAt(document.value, path) === undefined) return [];
    return [
      {
        ...document.keySpan(path),
        code: "config-key-without-effect",
        severity: "warning",
        message: `"${key.path}" has no effect: ${key.withoutEffect}.`,
        tags: ["unnecessary"],
        ...withFixes(removalFix(document, path)),
      } satisfies Finding,
    ];
  });
}

function withFixes(fixes: NonNullable<Finding["fixes"]>): Pick<Finding, "fixes"> {
  return fixes.length > 0 ? { fixes } : {};
}

import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import { entryEnd, findNode } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { lineStartAt } from "#language/sidecar/line-start.ts";
import { keyEntryAt, placeKindAt } from "#language/sidecar/schema-words.ts";
import { nearestSize } from "#language/sidecar/sizes.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { YamlFix } from "#language/sidecar/yaml-problem.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** Gives a misspelt key its right name; safe unless that name stands beside it already. */
export function unknownKeyFix(document: YamlDocument, path: ConfigPath, nearest: string): YamlFix {
  const around = document.nodeAt(path.slice(0, -1));
  const isTaken = around?.kind === "mapping" && around.entries.some(({ name }) => name === nearest);
  return {
    title: `Replace with "${nearest}"`,
    edits: [{ ...document.keySpan(path), text: nearest }],
    isPreferred: true,
    isSafe: !isTaken,
  };
}

/** Takes a whole entry away, with its lines; there is none for keys in braces. */
export function removalFix(document: YamlDocument, path: ConfigPath): YamlFix[] {
  const { entry, depth } = findNode(document.root, path);
  const around = findNode(document.root, path.slice(0, -1)).node;
  if (!entry || depth < path.length || (around?.kind === "mapping" && around.isFlow)) return [];
  const { text } = document;
  const start = lineStartAt(text, entry.key.start);
  if (text.slice(start, entry.key.start).trim() !== "") return [];
  const lineEnd = text.indexOf("\n", entryEnd(entry));
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  return [{ title: `Remove "${entry.name}"`, edits: [{ start, end, text: "" }] }];
}

/** What the value was most likely meant to be. */
export function wrongValueFixes(
  document: YamlDocument,
  path: ConfigPath,
  value: unknown,
  kind: ConfigKind,
): YamlFix[] {
  const node = document.nodeAt(path);
  if (node?.kind !== "scalar" || node.style === "block") return [];
  const meant = meantValue(path, value, kind);
  if (meant === undefined) return [];
  return [
    {
      title: `Replace with ${meant.text}`,
      edits: [{ start: node.start, end: node.end, text: meant.text }],
      isPreferred: true,
      isSafe: meant.isSure,
    },
  ];
}

interface Meant {
  readonly text: string;
  /** The value is the same, only written otherwise. */
  readonly isSure: boolean;
}

/** By the kind of value that must stand there; undefined when nothing is likely. */
function meantValue(path: ConfigPath, value: unknown, kind: ConfigKind): Meant | undefined {
  const key = keyEntryAt(path);
  const inList = typeof path.at(-1) === "number";
  if (placeKindAt(path, kind) === "list" && typeof value === "string")
    return { text: `[${JSON.stringify(value)}]`, isSure: false };
  if (key === undefined) return undefined;
  if (key.type === "boolean") return meantBoolean(value);
  if (key.type === "size") return guess(nearestSize(value));
  if (key.type === "seconds") return meantSeconds(value);
  if (key.type === "number" || key.type === "integer") return meantNumber(value);
  if (key.values && typeof value === "string") return guess(nearestName(value, key.values));
  if (key.refersTo === "network" && typeof value === "string") return guess("none");
  const isText = key.type === "text" || (inList && key.type === "texts");
  if (isText && (typeof value === "number" || typeof value === "boolean"))
    return { text: JSON.stringify(String(value)), isSure: true };
  return undefined;
}

/** What may be wrong is never applied without a person who looks. */
function guess(text: string | undefined): Meant | undefined {
  return text === undefined ? undefined : { text, isSure: false };
}

/** YAML 1.1, which the original reads, has more words for true and false. */
function meantBoolean(value: unknown): Meant | undefined {
  if (typeof value !== "string") return undefined;
  if (/^(y|yes|on|true)$/i.test(value)) return { text: "true", isSure: true };
  return /^(n|no|off|false)$/i.test(value) ? { text: "false", isSure: true } : undefined;
}

/** The original takes numbers in quotes for numbers. */
function meantNumber(value: unknown): Meant | undefined {
  const isNumber = typeof value === "string" && /^\d{1,15}(\.\d{1,6})?$/.test(value);
  return isNumber ? { text: value, isSure: true } : undefined;
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `10m` and `2h` are how other programs write it. */
function meantSeconds(value: unknown): Meant | undefined {
  const match = typeof value === "string" && /^(\d{1,6})\s*([smh])[a-z]*$/i.exec(value);
  if (!match) return meantNumber(value);
  return guess(String(Number(match[1]) * (unitSeconds[match[2]?.toLowerCase() ?? "s"] ?? 1)));
}

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import { errorText } from "#common/error-text.ts";
import type { TextRange } from "#common/text-position.ts";
import { fileStart } from "#language/diagnostics/diagnostic.ts";
import { type ConfigPath, maximumConfigBytes } from "#language/sidecar/config-path.ts";

/** A YAML document as plain values, with the place of each. */
export interface LocatedYaml {
  readonly value: unknown;
  readonly errors: ReadonlyArray<{ readonly range: TextRange; readonly message: string }>;
  /** Range of the value at a path; of the nearest value above it when there is none. */
  valueRange(path: ConfigPath): TextRange;
  /** Range of the key that holds the value at a path. */
  keyRange(path: ConfigPath): TextRange;
}

/** A file that names the same anchor more often than this is a "billion laughs" bomb, not a config. */
const maximumAliases = 20;

/** One broken line often makes a cascade; the first ones say what is wrong. */
const maximumErrors = 5;

/**
 * Parses YAML 1.2 with the core schema: no custom tags, no merge keys, no duplicate keys, one document. Bad text
 * gives errors, never a throw.
 */
export function parseLocatedYaml(text: string): LocatedYaml {
  if (new TextEncoder().encode(text).length > maximumConfigBytes) {
    return unreadable(`The file is larger than ${maximumConfigBytes / 1024} KiB.`);
  }
  try {
    return parseWithinLimits(text);
  } catch (error) {
    // The parser recurses, so thousands of nested brackets end in a RangeError; alias bombs in a ReferenceError.
    return unreadable(`The file can't be read as YAML: ${errorText(error)}.`);
  }
}

function unreadable(message: string): LocatedYaml {
  return {
    value: undefined,
    errors: [{ range: fileStart, message }],
    valueRange: () => fileStart,
    keyRange: () => fileStart,
  };
}

function parseWithinLimits(text: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "core",
    version: "1.2",
    merge: false,
    uniqueKeys: true,
    strict: true,
    prettyErrors: false,
    logLevel: "error",
    lineCounter: lines,
    customTags: [],
    resolveKnownTags: false,
  });
  const rangeOf = (from: number, to: number): TextRange => ({
    start: position(lines, from),
    end: position(lines, to),
  });
  const problems = [...document.errors, ...document.warnings].slice(0, maximumErrors);
  if (problems.some((problem) => problem.message.includes("call stack"))) {
    return unreadable("The file can't be read as YAML: it is nested too deeply.");
  }
  const value: unknown = problems.length > 0 ? undefined : document.toJS({ maxAliasCount: maximumAliases });
  return {
    value,
    errors: problems.map((problem) => ({ range: rangeOf(...problem.pos), message: yamlMessage(problem) })),
    valueRange: (path) => nodeRange(findNode(document.contents, path).value, rangeOf),
    keyRange: (path) => {
      const { key, value } = findNode(document.contents, path);
      return nodeRange(key ?? value, rangeOf);
    },
  };
}

function position(lines: LineCounter, offset: number): { line: number; character: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
}

function nodeRange(node: Node | null, rangeOf: (from: number, to: number) => TextRange): TextRange {
  return node?.range ? rangeOf(node.range[0], node.range[1]) : fileStart;
}

function yamlMessage(problem: YAMLError): string {
  if (problem.code === "DUPLICATE_KEY") return "The same key stands twice in one mapping.";
  if (problem.code === "TAG_RESOLVE_FAILED") return "Tags (`!name`) are not allowed.";
  if (problem.code === "MULTIPLE_DOCS") return "A config holds one document (`---` starts another).";
  return `Not valid YAML: ${problem.message.replaceAll(/\s+/g, " ")}`;
}

function findNode(root: Node | null, path: ConfigPath): { key: Node | null; value: Node | null } {
  let key: Node | null = null;
  let value = root;
  for (const segment of path) {
    const next = childOf(value, segment);
    if (!next) break;
    ({ key, value } = next);
  }
  return { key, value: value ?? key };
}

function childOf(
  node: Node | null,
  segment: string | number,
): { key: Node | null; value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(segment));
    return pair && { key: asNode(pair.key), value: asNode(pair.value) };
  }
  if (isSeq(node) && typeof segment === "number") {
    const item = node.items[segment];
    return item === undefined ? undefined : { key: null, value: asNode(item) };
  }
  return undefined;
}

function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

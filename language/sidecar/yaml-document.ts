import type { TextRange } from "#common/text-position.ts";
import { type ConfigNode, findNode } from "#language/sidecar/config-node.ts";
import { type ConfigPath, maximumConfigBytes } from "#language/sidecar/config-path.ts";
import { checkedTree } from "#language/sidecar/yaml-checks.ts";
import type { YamlProblem } from "#language/sidecar/yaml-problem.ts";
import { type ReusableParts, type YamlRead, YamlReader } from "#language/sidecar/yaml-reader.ts";
import { plainValue } from "#language/sidecar/yaml-value.ts";
import { LineIndex } from "#language/syntax/line-index.ts";
import type { Span } from "#language/syntax/tree.ts";

/**
 * One version of a config file or sidecar: its values with their places, and what keeps it from being YAML. What could
 * be read is there even of a broken text; an entry that is broken does not silence the others.
 */
export class YamlDocument {
  readonly text: string;
  readonly lines: LineIndex;
  readonly root: ConfigNode | undefined;
  readonly problems: readonly YamlProblem[];
  /** The value behind each `*name`. */
  readonly aliases: ReadonlyMap<ConfigNode, ConfigNode>;
  /** What the next version can take over. */
  readonly parts: ReusableParts;
  readonly #isWhole: boolean;
  #value: { readonly plain: unknown } | undefined;

  constructor(text: string, previous?: YamlDocument) {
    this.text = text;
    this.lines = new LineIndex(text);
    const size = new TextEncoder().encode(text).length;
    const reader = new YamlReader(text, previous?.parts);
    const read = size > maximumConfigBytes ? tooLarge : reader.read();
    this.parts = reader.parts;
    const checked = checkedTree(read.node, text);
    this.root = read.node;
    this.#isWhole = read.isWhole;
    this.aliases = checked.aliases;
    this.problems = [...read.problems, ...checked.problems].sort((left, right) => left.start - right.start);
  }

  /** The document as plain values. Entries at the top that are broken are left out. */
  get value(): unknown {
    this.#value ??= { plain: plainValue(this.#healthyRoot(), this.aliases) };
    return this.#value.plain;
  }

  /** The value at a path, through aliases. */
  nodeAt(path: ConfigPath): ConfigNode | undefined {
    const { node, depth } = findNode(this.root, path);
    return depth === path.length ? this.resolved(node) : undefined;
  }

  /** What an alias stands for; any other value itself. */
  resolved(node: ConfigNode | undefined): ConfigNode | undefined {
    return node?.kind === "alias" ? this.aliases.get(node) : node;
  }

  range({ start, end }: Span): TextRange {
    return { start: this.lines.positionAt(start), end: this.lines.positionAt(end) };
  }

  /** Where the value at a path stands; of the nearest value above it when there is none. */
  valueSpan(path: ConfigPath): Span {
    const { node, entry } = findNode(this.root, path);
    return node ?? entry?.key ?? nowhere;
  }

  /** Where the key stands that holds the value at a path. */
  keySpan(path: ConfigPath): Span {
    const { node, entry } = findNode(this.root, path);
    return entry?.key ?? node ?? nowhere;
  }

  /** Line (from 1) of the key at a path. */
  lineOf(path: ConfigPath): number {
    return this.lines.positionAt(this.keySpan(path).start).line + 1;
  }

  #healthyRoot(): ConfigNode | undefined {
    const { root, problems } = this;
    if (problems.length === 0) return root;
    if (this.#isWhole || root?.kind !== "mapping") return undefined;
    let next = 0;
    const entries = root.entries.filter(({ key }, index) => {
      const end = root.entries[index + 1]?.key.start ?? Number.POSITIVE_INFINITY;
      const first = next;
      while (next < problems.length && (problems[next]?.start ?? 0) < end) next++;
      return !problems.slice(first, next).some(({ start }) => start >= key.start);
    });
    return { ...root, entries };
  }
}

/** Reads a text; what `previous` shares with it is not read again. */
export function parseYamlDocument(text: string, previous?: YamlDocument): YamlDocument {
  return previous?.text === text ? previous : new YamlDocument(text, previous);
}

const nowhere: Span = { start: 0, end: 0 };

const tooLarge: YamlRead = {
  node: undefined,
  isWhole: true,
  problems: [{ ...nowhere, message: `The file is larger than ${maximumConfigBytes / 1024} KiB.` }],
};

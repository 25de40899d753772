import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A value of a YAML document. Offsets count from the start of the text that it was read from. */
export type ConfigNode = MappingNode | ListNode | ScalarNode | AliasNode;

interface Placed extends Span {
  /** Its `&name`. */
  readonly anchor?: string;
}

export interface MappingNode extends Placed {
  readonly kind: "mapping";
  /** Written in braces. */
  readonly isFlow: boolean;
  readonly entries: readonly MappingEntry[];
}

/** A key with its value; the value is absent while nobody has written it. */
export interface MappingEntry {
  readonly name: string;
  readonly key: Span;
  readonly value: ConfigNode | undefined;
}

interface ListNode extends Placed {
  readonly kind: "list";
  /** Written in brackets. */
  readonly isFlow: boolean;
  readonly items: ReadonlyArray<ConfigNode | undefined>;
}

export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly style: "plain" | "quoted" | "block";
}

/** `*name`: the value of the anchor of that name. */
export interface AliasNode extends Placed {
  readonly kind: "alias";
  readonly name: string;
}

/** The parts of a value, one step down. */
export function* childNodes(node: ConfigNode): Generator<{ step: string | number; node: ConfigNode }> {
  if (node.kind === "mapping") {
    for (const { name, value } of node.entries) if (value) yield { step: name, node: value };
  } else if (node.kind === "list") {
    for (const [step, item] of node.items.entries()) if (item) yield { step, node: item };
  }
}

/** A place in a document: the value, and the entry that holds it. */
export interface FoundNode {
  readonly node: ConfigNode | undefined;
  readonly entry: MappingEntry | undefined;
  /** How much of the path there is. */
  readonly depth: number;
}

/** What stands at a path; where the path leads too far, the deepest place on the way. */
export function findNode(root: ConfigNode | undefined, path: ConfigPath): FoundNode {
  let found: FoundNode = { node: root, entry: undefined, depth: 0 };
  for (const step of path) {
    const next = stepDown(found.node, step);
    if (!next) break;
    found = { ...next, depth: found.depth + 1 };
  }
  return found;
}

function stepDown(node: ConfigNode | undefined, step: string | number): Omit<FoundNode, "depth"> | undefined {
  if (node?.kind === "mapping") {
    const entry = entryOf(node, String(step));
    return entry && { node: entry.value, entry };
  }
  if (node?.kind === "list" && typeof step === "number" && step < node.items.length)
    return { node: node.items[step], entry: undefined };
  return undefined;
}

/** Smaller mappings are looked through faster than they are indexed. */
const smallMapping = 12;

const entriesByName = new WeakMap<MappingNode, ReadonlyMap<string, MappingEntry>>();

/** The entry of a name; the first when it stands twice. */
function entryOf(node: MappingNode, name: string): MappingEntry | undefined {
  const { entries } = node;
  if (entries.length <= smallMapping) return entries.find((entry) => entry.name === name);
  let known = entriesByName.get(node);
  if (!known) {
    known = new Map(entries.toReversed().map((entry) => [entry.name, entry]));
    entriesByName.set(node, known);
  }
  return known.get(name);
}

/** The same node elsewhere in a text. */
export function movedNode(node: ConfigNode, by: number): ConfigNode {
  if (by === 0) return node;
  const place = { start: node.start + by, end: node.end + by };
  if (node.kind === "mapping")
    return { ...node, ...place, entries: node.entries.map((entry) => movedEntry(entry, by)) };
  if (node.kind === "list")
    return { ...node, ...place, items: node.items.map((item) => item && movedNode(item, by)) };
  return { ...node, ...place };
}

/** The same entry elsewhere in a text. */
export function movedEntry({ name, key, value }: MappingEntry, by: number): MappingEntry {
  return {
    name,
    key: { start: key.start + by, end: key.end + by },
    value: value && movedNode(value, by),
  };
}

/** Where an entry ends: behind its value, or behind its key. */
export function entryEnd({ key, value }: MappingEntry): number {
  return Math.max(key.end, value?.end ?? 0);
}

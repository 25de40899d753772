import {
  type AliasNode,
  type ConfigNode,
  childNodes,
  entryEnd,
  type MappingEntry,
  type MappingNode,
} from "#language/sidecar/config-node.ts";
import { lineStartAt } from "#language/sidecar/line-start.ts";
import type { YamlFix, YamlProblem } from "#language/sidecar/yaml-problem.ts";

/** A file that names anchors more often than this is a "billion laughs" bomb, not a config. */
const maximumAliases = 20;

/** Nobody reads more of the same. */
const mostProblems = 100;

/** How many values all aliases together may stand for. */
const maximumCopies = 2000;

/** What can only be seen with all of a document at hand. */
interface CheckedTree {
  /** The value behind each alias. */
  readonly aliases: ReadonlyMap<ConfigNode, ConfigNode>;
  readonly problems: readonly YamlProblem[];
}

/** Looks for keys that stand twice, and finds what each alias stands for. */
export function checkedTree(root: ConfigNode | undefined, text: string): CheckedTree {
  const checker = new TreeChecker(text);
  if (root) checker.visit(root);
  return checker;
}

class TreeChecker implements CheckedTree {
  readonly aliases: Map<ConfigNode, ConfigNode> = new Map();
  readonly problems: YamlProblem[] = [];
  readonly #text: string;
  /** In the order of the text, as an alias means the nearest anchor above it. */
  readonly #anchors = new Map<string, ConfigNode>();
  readonly #sizes = new Map<ConfigNode, number>();
  #aliasCount = 0;
  #copies = 0;

  constructor(text: string) {
    this.#text = text;
  }

  visit(node: ConfigNode): void {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (node.kind === "alias") this.#alias(node);
    if (node.kind === "mapping") this.#duplicates(node);
    for (const child of childNodes(node)) this.visit(child.node);
  }

  #alias(node: AliasNode): void {
    const target = this.#anchors.get(node.name);
    const problem = this.#aliasProblem(node, target);
    if (problem !== undefined) this.#report(node, problem);
    else if (target && this.#isWithinLimits) this.aliases.set(node, target);
  }

  /** Told once for the limits, since a bomb names its anchors everywhere. */
  #aliasProblem(node: AliasNode, target: ConfigNode | undefined): string | undefined {
    if (!this.#isWithinLimits) return undefined;
    if (!target) return `There is no anchor &${node.name} above.`;
    if (target.start <= node.start && node.end <= target.end)
      return `The alias *${node.name} stands inside the value that it names.`;
    this.#aliasCount += 1;
    this.#copies += this.#size(target);
    return this.#isWithinLimits ? undefined : tooManyAliases;
  }

  get #isWithinLimits(): boolean {
    return this.#aliasCount <= maximumAliases && this.#copies <= maximumCopies;
  }

  /** How many values a value holds, those behind its aliases included. */
  #size(node: ConfigNode): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const target = this.aliases.get(node);
    let size = target ? this.#size(target) : 1;
    for (const child of childNodes(node)) size += this.#size(child.node);
    this.#sizes.set(node, size);
    return size;
  }

  #duplicates({ entries, isFlow }: MappingNode): void {
    const first = new Map<string, MappingEntry>();
    for (const entry of entries) {
      const earlier = first.get(entry.name);
      if (!earlier) {
        first.set(entry.name, entry);
        continue;
      }
      if (this.problems.length >= mostProblems) return;
      this.problems.push({
        ...entry.key,
        message: "The same key stands twice in one mapping.",
        related: { span: earlier.key, message: `"${entry.name}" stands here already.` },
        ...(!isFlow && { fixes: [removal(entry, this.#text)] }),
      });
    }
  }

  #report({ start, end }: ConfigNode, message: string): void {
    this.problems.push({ start, end, message });
  }
}

const tooManyAliases = "Anchors are named so often that the file grows without bounds.";

/** Takes the lines of an entry away. */
function removal(entry: MappingEntry, text: string): YamlFix {
  const start = lineStartAt(text, entry.key.start);
  const lineEnd = text.indexOf("\n", entryEnd(entry));
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  return { title: `Remove the second "${entry.name}"`, edits: [{ start, end, text: "" }] };
}

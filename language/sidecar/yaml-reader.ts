import { type ConfigNode, type MappingEntry, movedEntry, movedNode } from "#language/sidecar/config-node.ts";
import { parseYamlPart, type YamlPart } from "#language/sidecar/yaml-part.ts";
import { movedProblem, type YamlProblem } from "#language/sidecar/yaml-problem.ts";
import { type YamlSection, yamlSections } from "#language/sidecar/yaml-sections.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Parts of a text that were read, by their text. */
export type ReusableParts = ReadonlyMap<string, YamlPart>;

/** Larger values are taken apart further, so that an edit reads little again; so are those that are broken somewhere. */
const largeValue = 1500;

/** Nobody nests large blocks more deeply, and each level looks at all its lines. */
const mostLevels = 6;

/** What was read of a text. */
export interface YamlRead {
  readonly node: ConfigNode | undefined;
  readonly problems: readonly YamlProblem[];
  /** Not taken apart: a problem anywhere may have changed the meaning of everything. */
  readonly isWhole: boolean;
}

/** Reads a text section by section; sections that an earlier version had are taken over. */
export class YamlReader {
  readonly parts: Map<string, YamlPart> = new Map();
  readonly #text: string;
  readonly #earlier: ReusableParts | undefined;

  constructor(text: string, earlier: ReusableParts | undefined) {
    this.#text = text;
    this.#earlier = earlier;
  }

  read(): YamlRead {
    const start = /^\s*---[ \t]*(?:\r?\n|$)(?!\s*---(?:\s|$))/.exec(this.#text)?.[0].length ?? 0;
    return this.#block({ start, end: this.#text.length }, 0);
  }

  /** A text of nothing but words is no block of keys: it may be a text of several lines. */
  #block(span: Span, level: number): YamlRead {
    const sections = level < mostLevels ? yamlSections(this.#text, span) : undefined;
    if (!sections?.some(({ kind }) => kind !== "word")) return this.#whole(span);
    return sections[0]?.kind === "item" ? this.#list(sections) : this.#mapping(sections, level);
  }

  #whole(span: Span): YamlRead {
    const { node, problems } = this.#part(span);
    return {
      node: node && movedNode(node, span.start),
      problems: problems.map((problem) => movedProblem(problem, span.start)),
      isWhole: true,
    };
  }

  /** Each item is read as a list of one. */
  #list(sections: readonly YamlSection[]): YamlRead {
    const items: Array<ConfigNode | undefined> = [];
    const problems: YamlProblem[] = [];
    for (const section of sections) {
      const read = this.#whole(section);
      problems.push(...read.problems);
      if (read.node?.kind === "list") items.push(...read.node.items);
    }
    const start = sections[0]?.start ?? 0;
    const end = items.at(-1)?.end ?? sections.at(-1)?.end ?? start;
    return { node: { kind: "list", start, end, isFlow: false, items }, problems, isWhole: false };
  }

  #mapping(sections: readonly YamlSection[], level: number): YamlRead {
    const entries: MappingEntry[] = [];
    const problems: YamlProblem[] = [];
    for (const section of sections) {
      const read = section.kind === "word" ? this.#word(section) : this.#entries(section, level);
      entries.push(...read.entries);
      problems.push(...read.problems);
    }
    const start = entries[0]?.key.start ?? 0;
    const last = entries.at(-1);
    const end = Math.max(last?.key.end ?? start, last?.value?.end ?? start);
    return { node: { kind: "mapping", start, end, isFlow: false, entries }, problems, isWhole: false };
  }

  /** Mostly one entry; a section that is broken may hold several, or none. */
  #entries(section: YamlSection, level: number): { entries: MappingEntry[]; problems: YamlProblem[] } {
    const { header } = section;
    const isLarge = section.end - section.start > largeValue;
    const part = header && isLarge ? undefined : this.#part(section);
    if (header && (!part || part.problems.length > 0)) {
      const body = this.#block({ start: header.body, end: section.end }, level + 1);
      const name = this.#text.slice(header.key.start, header.key.end);
      // What is refused as a whole is refused, even if each of its parts could be read.
      const wholly = (part?.problems ?? []).map((problem) => movedProblem(problem, section.start));
      const problems = body.problems.length > 0 ? [...body.problems] : wholly;
      return { entries: [{ name, key: header.key, value: body.node }], problems };
    }
    const { node, problems } = part ?? this.#part(section);
    const entries = node?.kind === "mapping" ? node.entries : [];
    return {
      entries: entries.map((entry) => movedEntry(entry, section.start)),
      problems: problems.map((problem) => movedProblem(problem, section.start)),
    };
  }

  /** A key that is being typed counts as one without a value. */
  #word({ start, end }: YamlSection): { entries: MappingEntry[]; problems: YamlProblem[] } {
    const line = this.#text.slice(start, end);
    const name = /[^\s#]+/.exec(line)?.[0] ?? "";
    const from = start + line.indexOf(name);
    const key = { start: from, end: from + name.length };
    const edit = { start: key.end, end: key.end, text: ":" };
    const message = `"${name}" is no key yet: a colon and a value must follow.`;
    const problem = { ...key, message, fixes: [{ title: "Add the colon", edits: [edit] }] };
    return { entries: [{ name, key, value: undefined }], problems: [problem] };
  }

  /** By its text alone, so that it does not matter where it has moved to. */
  #part({ start, end }: Span): YamlPart {
    const text = this.#text.slice(start, end);
    const part = this.parts.get(text) ?? this.#earlier?.get(text) ?? parseYamlPart(text);
    this.parts.set(text, part);
    return part;
  }
}

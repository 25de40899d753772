import type { Span } from "#language/syntax/tree.ts";

/** A heading of Gherkin with all that belongs to it, without blank lines at the end. */
export interface GherkinSection extends Span {
  /** 0: feature, 1: rule, 2: background and scenarios, 3: examples. */
  readonly level: number;
}

const headings: ReadonlyArray<readonly [level: number, words: RegExp]> = [
  [0, /^Feature:/],
  [1, /^Rule:/],
  [2, /^(Background|Scenario|Scenario Outline|Scenario Template|Example):/],
  [3, /^(Examples|Scenarios):/],
];

/**
 * The sections of a text that is Gherkin, outer ones first at equal starts; none for other texts. This looks at
 * headings only, so it also serves a text that is being written.
 */
export function gherkinSections(content: string): GherkinSection[] {
  if (!isGherkin(content)) return [];
  const sections: GherkinSection[] = [];
  const open: Array<{ readonly start: number; readonly level: number }> = [];
  let lastContent = 0;
  const close = (level: number): void => {
    for (let last = open.at(-1); last && last.level >= level; last = open.at(-1)) {
      sections.push({ ...last, end: lastContent });
      open.pop();
    }
  };
  for (const line of content.matchAll(/[^\r\n]+/g)) {
    const text = line[0].trim();
    const level = headings.find(([, words]) => words.test(text))?.[0];
    if (level !== undefined) {
      close(level);
      open.push({ start: line.index + line[0].length - line[0].trimStart().length, level });
    }
    // Tags stand above the heading that they belong to.
    if (text !== "" && !text.startsWith("@")) lastContent = line.index + line[0].trimEnd().length;
  }
  close(0);
  return sections.sort((first, second) => first.start - second.start);
}

/** Whether a text is a specification: its first line, comments and tags aside, names a feature. */
export function isGherkin(content: string): boolean {
  for (const line of content.matchAll(/[^\r\n]+/g)) {
    const text = line[0].trim();
    if (text !== "" && !/^[#@]/.test(text)) return text.startsWith("Feature:");
  }
  return false;
}

import { type GherkinSection, gherkinSections } from "#language/structure/gherkin-sections.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A feature, a rule or a scenario, by its heading. */
export interface SpecificationSection {
  readonly name: string;
  readonly keyword: string;
  /** A scenario or a background; else it holds some. */
  readonly isScenario: boolean;
  readonly range: Span;
  /** Its name; the keyword when it has none. */
  readonly selection: Span;
  readonly children: readonly SpecificationSection[];
}

const scenarioLevel = 2;

/** The sections of a specification; spans count from `base`. By headings alone, so that damages don't matter. */
export function specificationSections(text: string, base: number): SpecificationSection[] {
  const sections = gherkinSections(text).filter(({ level }) => level <= scenarioLevel);
  return nested(sections, text, base);
}

function nested(sections: readonly GherkinSection[], text: string, base: number): SpecificationSection[] {
  const found: SpecificationSection[] = [];
  for (let at = 0; at < sections.length; ) {
    const section = sections[at];
    if (!section) break;
    let end = at + 1;
    while ((sections[end]?.level ?? 0) > section.level) end++;
    found.push(sectionOf(section, nested(sections.slice(at + 1, end), text, base), text, base));
    at = end;
  }
  return found;
}

function sectionOf(
  { start, end, level }: GherkinSection,
  children: readonly SpecificationSection[],
  text: string,
  base: number,
): SpecificationSection {
  const heading = /^[^\r\n]*/.exec(text.slice(start))?.[0].trimEnd() ?? "";
  const keyword = heading.slice(0, Math.max(0, heading.indexOf(":")));
  const name = heading.slice(keyword.length + 1).trimStart();
  const nameStart = base + start + heading.length - name.length;
  const keywordSpan = { start: base + start, end: base + start + keyword.length };
  return {
    name: name === "" ? keyword : name,
    keyword,
    isScenario: level === scenarioLevel,
    range: { start: base + start, end: base + end },
    selection: name === "" ? keywordSpan : { start: nameStart, end: nameStart + name.length },
    children,
  };
}

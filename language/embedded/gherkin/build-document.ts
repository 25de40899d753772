import type * as Parsed from "@cucumber/messages";
import type {
  GherkinBackground,
  GherkinDocString,
  GherkinDocument,
  GherkinExamples,
  GherkinFeature,
  GherkinRow,
  GherkinRule,
  GherkinScenario,
  GherkinStep,
  GherkinTable,
  GherkinWord,
} from "#language/embedded/gherkin/gherkin-document.ts";
import type { GherkinSource } from "#language/embedded/gherkin/gherkin-source.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Turns the parser's tree, which knows lines and columns, into one with offsets. */
export function buildDocument(
  parsed: Parsed.GherkinDocument,
  source: GherkinSource,
): Omit<GherkinDocument, "problems"> {
  const builder = new Builder(source);
  return {
    ...(parsed.feature && { feature: builder.feature(parsed.feature) }),
    comments: parsed.comments.map(({ location }) => builder.line(location.line)),
  };
}

/** What the parser says of everything with a title. */
interface Titled {
  readonly location: Parsed.Location;
  readonly keyword: string;
  readonly name: string;
  readonly description: string;
  readonly tags?: readonly Parsed.Tag[];
}

type Container = Pick<GherkinRule, "background" | "scenarios">;

class Builder {
  readonly #source: GherkinSource;

  constructor(source: GherkinSource) {
    this.#source = source;
  }

  feature(parsed: Parsed.Feature): GherkinFeature {
    const container = this.#container(parsed.children);
    const rules = parsed.children.flatMap(({ rule }) => (rule ? [this.#rule(rule)] : []));
    const titled = this.#titled(parsed, [container.background, ...container.scenarios, ...rules]);
    return {
      kind: "feature",
      ...titled,
      ...container,
      language: parsed.language,
      tags: this.#tags(parsed.tags),
      rules,
    };
  }

  /** A whole line without the blanks around it. */
  line(line: number): GherkinWord {
    return this.#word(this.#source.contentStart(line), this.#source.contentEnd(line));
  }

  #rule(parsed: Parsed.Rule): GherkinRule {
    const container = this.#container(parsed.children);
    const titled = this.#titled(parsed, [container.background, ...container.scenarios]);
    return { kind: "rule", ...titled, ...container, tags: this.#tags(parsed.tags) };
  }

  #container(children: readonly { background?: Parsed.Background; scenario?: Parsed.Scenario }[]): Container {
    const background = children.find((child) => child.background)?.background;
    return {
      ...(background && { background: this.#background(background) }),
      scenarios: children.flatMap(({ scenario }) => (scenario ? [this.#scenario(scenario)] : [])),
    };
  }

  #background(parsed: Parsed.Background): GherkinBackground {
    const steps = parsed.steps.map((step) => this.#step(step));
    return { kind: "background", ...this.#titled(parsed, steps), steps };
  }

  #scenario(parsed: Parsed.Scenario): GherkinScenario {
    const steps = parsed.steps.map((step) => this.#step(step));
    const examples = parsed.examples.map((each) => this.#examples(each));
    const titled = this.#titled(parsed, [...steps, ...examples]);
    return { kind: "scenario", ...titled, tags: this.#tags(parsed.tags), steps, examples };
  }

  #examples(parsed: Parsed.Examples): GherkinExamples {
    const header = parsed.tableHeader && this.#row(parsed.tableHeader);
    const rows = parsed.tableBody.map((row) => this.#row(row));
    const titled = this.#titled(parsed, [header, ...rows]);
    return { kind: "examples", ...titled, tags: this.#tags(parsed.tags), ...(header && { header }), rows };
  }

  #titled(parsed: Titled, content: readonly (Span | undefined)[]): Omit<GherkinBackground, "kind" | "steps"> {
    const { line } = parsed.location;
    const isInserted = this.#source.isInserted(line);
    const start = this.#source.contentStart(line);
    const end = this.#source.contentEnd(line);
    const keywordEnd = isInserted ? start : start + parsed.keyword.length;
    const description = this.#description(parsed);
    const last = content.findLast((span) => span !== undefined);
    const [firstTag] = parsed.tags ?? [];
    return {
      start: firstTag ? this.#source.offset(firstTag.location.line, firstTag.location.column ?? 1) : start,
      end: Math.max(end, description.end, last?.end ?? 0),
      keyword: this.#word(start, keywordEnd),
      name: isInserted ? this.#word(start, start) : this.#rest(keywordEnd + 1, end),
      description,
    };
  }

  #description({ location, description }: Titled): GherkinWord {
    const lines = description.split("\n");
    const wanted = lines[0]?.trim() ?? "";
    const from = location.line + 1;
    let first = from;
    while (wanted !== "" && first <= this.#source.lineCount && this.#source.lineText(first).trim() !== wanted)
      first++;
    if (wanted === "" || first > this.#source.lineCount) {
      const end = this.#source.contentEnd(location.line);
      return this.#word(end, end);
    }
    return this.#word(this.#source.contentStart(first), this.#source.contentEnd(first + lines.length - 1));
  }

  #tags(tags: readonly Parsed.Tag[]): GherkinWord[] {
    return tags.map(({ location, name }) => {
      const start = this.#source.offset(location.line, location.column ?? 1);
      return { text: name, start, end: start + name.length };
    });
  }

  #step(parsed: Parsed.Step): GherkinStep {
    const start = this.#source.contentStart(parsed.location.line);
    const end = this.#source.contentEnd(parsed.location.line);
    const keyword = this.#word(start, Math.min(end, start + parsed.keyword.trimEnd().length));
    const table = parsed.dataTable && this.#table(parsed.dataTable);
    const docString = parsed.docString && this.#docString(parsed.docString);
    return {
      kind: "step",
      start,
      end: Math.max(end, table?.end ?? 0, docString?.end ?? 0),
      keyword,
      role: roles[parsed.keywordType ?? "Unknown"] ?? "any",
      text: this.#rest(Math.min(end, start + parsed.keyword.length), end),
      ...(table && { table }),
      ...(docString && { docString }),
    };
  }

  #table({ rows }: Parsed.DataTable): GherkinTable {
    const built = rows.map((row) => this.#row(row));
    return { rows: built, start: built[0]?.start ?? 0, end: built.at(-1)?.end ?? 0 };
  }

  #row({ location, cells }: Parsed.TableRow): GherkinRow {
    const { start, end } = this.line(location.line);
    const spans = cellSpans(this.#source.text.slice(start, end));
    return {
      start,
      end,
      cells: cells.map(({ value }, index) => {
        const span = spans[index] ?? { start: 0, end: 0 };
        return { text: value, start: start + span.start, end: start + span.end };
      }),
    };
  }

  #docString({ location, content, delimiter, mediaType }: Parsed.DocString): GherkinDocString {
    let last = location.line + 1;
    while (last < this.#source.lineCount && !this.#source.lineText(last).trimStart().startsWith(delimiter))
      last++;
    const start = this.#source.contentStart(location.line);
    return { start, end: this.#source.contentEnd(last), text: content, ...(mediaType && { mediaType }) };
  }

  /** What is between two places, without the blanks in front. */
  #rest(from: number, end: number): GherkinWord {
    const text = this.#source.text.slice(from, end);
    return this.#word(Math.min(end, from + text.length - text.trimStart().length), Math.max(from, end));
  }

  #word(start: number, end: number): GherkinWord {
    return { text: this.#source.text.slice(start, end), start, end };
  }
}

const roles: Readonly<Record<string, GherkinStep["role"]>> = {
  Context: "given",
  Action: "when",
  Outcome: "then",
  Conjunction: "and",
};

/** Where the cells of a row stand, blanks left out; `\|` is no border. */
function cellSpans(row: string): Span[] {
  const borders: number[] = [];
  for (let at = 0; at < row.length; at++) {
    if (row[at] === "\\") at++;
    else if (row[at] === "|") borders.push(at);
  }
  return borders.slice(1).map((border, index) => {
    const from = (borders[index] ?? 0) + 1;
    const cell = row.slice(from, border);
    const start = from + cell.length - cell.trimStart().length;
    return { start, end: Math.max(start, from + cell.trimEnd().length) };
  });
}

import { describe, expect, test } from "vitest";
import { quickestOf } from "#language/text-checks/quickest-of.ts";
import { type GherkinDocument, type GherkinStep, scenariosOf, stepsOf } from "./gherkin-document.ts";
import { parseGherkin } from "./parse-gherkin.ts";

const whole = `# a comment
@slow @nightly
Feature: Greeting
  As a person
  I want to be greeted

  Background:
    Given the procedure has started

  @one
  Scenario: With a name
    The usual case.
    Given the input name is "Ada"
    And the table
      | name | a \\| b |
      | Ada  |       |
    When the procedure runs
    Then the text is
      """markdown
      Hello
        Ada
      """

  Rule: Several
    Background:
      * the state x should exist
    Scenario Outline: Many <who>
      Given the input name is "<who>"
      @few
      Examples: Few
        | who |
        | Ada |
        | Bob |
      Examples:
`;

/** Every part of a tree that has a span and a text. */
function* words(value: unknown): Generator<{ text: string; start: number; end: number }> {
  if (typeof value !== "object" || value === null) return;
  if ("text" in value && typeof value.text === "string" && "start" in value)
    yield value as { text: string; start: number; end: number };
  for (const inner of Object.values(value)) yield* words(inner);
}

describe("the whole of Gherkin", () => {
  const document = parseGherkin(whole);
  const feature = document.feature!;

  test("without problems", () => {
    expect(document.problems).toEqual([]);
    expect(document.comments.map(({ text }) => text)).toEqual(["# a comment"]);
  });

  test("every word is what stands at its place", () => {
    const escaped = new Set(["a | b", "Hello\n  Ada"]);
    const all = [...words(document)].filter(({ text }) => !escaped.has(text));
    expect(all.length).toBeGreaterThan(40);
    for (const { text, start, end } of all) expect(whole.slice(start, end)).toBe(text);
  });

  test("titles, tags, descriptions", () => {
    expect(feature).toMatchObject({
      language: "en",
      keyword: { text: "Feature" },
      name: { text: "Greeting" },
      tags: [{ text: "@slow" }, { text: "@nightly" }],
      description: { text: "As a person\n  I want to be greeted" },
      background: {
        keyword: { text: "Background" },
        name: { text: "" },
        steps: [{ text: { text: "the procedure has started" } }],
      },
      scenarios: [
        { name: { text: "With a name" }, tags: [{ text: "@one" }], description: { text: "The usual case." } },
      ],
      rules: [{ name: { text: "Several" }, scenarios: [{ keyword: { text: "Scenario Outline" } }] }],
    });
  });

  test("steps with their roles, tables and texts", () => {
    const steps = stepsOf(document).map(({ step }) => [step.keyword.text, step.role, step.text.text]);
    expect(steps).toEqual([
      ["Given", "given", "the procedure has started"],
      ["Given", "given", 'the input name is "Ada"'],
      ["And", "and", "the table"],
      ["When", "when", "the procedure runs"],
      ["Then", "then", "the text is"],
      ["*", "any", "the state x should exist"],
      ["Given", "given", 'the input name is "<who>"'],
    ]);
    const [scenario] = scenariosOf(document);
    const [, table, , docString] = scenario!.steps as [GherkinStep, GherkinStep, GherkinStep, GherkinStep];
    expect(
      table.table?.rows.map(({ cells }) =>
        cells.map(({ text, start, end }) => [text, whole.slice(start, end)]),
      ),
    ).toEqual([
      [
        ["name", "name"],
        ["a | b", "a \\| b"],
      ],
      [
        ["Ada", "Ada"],
        ["", ""],
      ],
    ]);
    expect(docString.docString).toMatchObject({ text: "Hello\n  Ada", mediaType: "markdown" });
    expect(whole.slice(docString.start, docString.end)).toMatch(/^Then the text is\n[\s\S]*"""$/);
  });

  test("examples", () => {
    const [few, none] = feature.rules[0]!.scenarios[0]!.examples;
    expect(few).toMatchObject({
      name: { text: "Few" },
      tags: [{ text: "@few" }],
      header: { cells: [{ text: "who" }] },
    });
    expect(few?.rows.map(({ cells }) => cells[0]?.text)).toEqual(["Ada", "Bob"]);
    expect(none).toMatchObject({ rows: [], name: { text: "" } });
  });

  test("spans reach from the first tag to the last line", () => {
    const [scenario] = feature.scenarios;
    expect(whole.slice(scenario!.start, scenario!.end)).toMatch(/^@one\n {2}Scenario[\s\S]*"""$/);
    expect(whole.slice(feature.start, feature.end)).toMatch(/^@slow[\s\S]*Examples:$/);
  });
});

test("windows line ends, astral letters and another language", () => {
  const text =
    "# language: de\r\nFunktionalität: 😀 Gruß\r\n  @😀 @zwei\r\n  Szenario: eins\r\n    Angenommen 😀 x\r\n    Wenn | a |\r\n      | 😀 | b |\r\n";
  const document = parseGherkin(text);
  expect(document.problems).toEqual([]);
  expect(document.feature).toMatchObject({ language: "de", name: { text: "😀 Gruß" } });
  const all = [...words(document)];
  expect(all.length).toBeGreaterThan(10);
  for (const word of all) expect(text.slice(word.start, word.end)).toBe(word.text);
});

/** What stands at each problem, and its message. */
function problemsOf(text: string, document: GherkinDocument): string[][] {
  return document.problems.map(({ start, end, message }) => [text.slice(start, end), message]);
}

const around = (middle: string): string =>
  `Feature: f\n  Scenario: first\n    Given a\n${middle}\n  Scenario: last\n    Given z\n`;

describe("a damage is told, and what is around it stays", () => {
  test.for([
    [
      "    free text",
      "free text",
      "This line is neither a step (Given, When, Then …) nor a title such as `Scenario:`.",
    ],
    ["    Givn b", "Givn b", "`Givn` is no keyword. Did you mean `Given`?"],
    ["    given b", "given b", "`given` is no keyword. Did you mean `Given`?"],
    ["  Scenaro: b", "Scenaro: b", "`Scenaro` is no keyword. Did you mean `Scenario:`?"],
    ["  Scenario b", "Scenario b", "`Scenario` needs a colon: `Scenario: b`."],
    [
      "  Feature: g",
      "Feature: g",
      "A specification has one feature; this is another one. Use `Rule:` to group scenarios.",
    ],
    ["  Background:", "Background:", "A background stands above the first scenario of its feature or rule."],
    [
      "    | a |\n    | b | c |",
      "| b | c |",
      "This row has another number of cells than the first row of its table.",
    ],
    ["  Scenario: t\n    | a |\n    Given t", "", ""],
    ["  @two words", "@two words", "A tag is one word with `@` in front. Put blanks only between tags."],
    ['    """\n    text', '"""', 'This text has no end: a line of `"""` is missing.'],
    [
      "  Examples:\n    | a |\n    Given b",
      "Given b",
      "This step belongs to no scenario. Put it above the examples or below a `Scenario:`.",
    ],
    ['    """\n    a\n    """\n    """\n    b\n    """', '"""', "This text belongs to no step."],
  ])("%j", ([middle = "", place, message]) => {
    const text = around(middle);
    const document = parseGherkin(text);
    if (message !== "") expect(problemsOf(text, document)[0]).toEqual([place, message]);
    const names = scenariosOf(document).map(({ name }) => name.text);
    expect(names[0]).toBe("first");
    expect(names.at(-1)).toBe("last");
    expect(stepsOf(document).map(({ step }) => step.text.text)).toEqual(expect.arrayContaining(["a", "z"]));
  });

  test("a replacement mends the line", () => {
    for (const middle of ["    Givn b", "  Scenaro: b\n    Given c", "  Scenario b\n    Given c"]) {
      const text = around(middle);
      const [{ start, end, replacement } = {}] = parseGherkin(text).problems;
      expect(parseGherkin(text.slice(0, start) + replacement + text.slice(end)).problems).toEqual([]);
    }
  });

  test("tags at the end", () => {
    const text = "Feature: f\n  Scenario: s\n    Given a\n  @left";
    const document = parseGherkin(text);
    expect(problemsOf(text, document)).toEqual([
      ["@left", "These tags belong to nothing: a Feature, Rule, Scenario or Examples has to follow."],
    ]);
    expect(stepsOf(document)).toHaveLength(1);
  });

  test("scenarios without a feature", () => {
    const text = "\n# c\n  @t\n  Scenario: s\n    Given a\n";
    const document = parseGherkin(text);
    expect(problemsOf(text, document)).toEqual([
      ["@t", "A specification begins with `Feature:` and a name. Put such a line above this one."],
    ]);
    expect(scenariosOf(document)).toMatchObject([{ name: { text: "s" }, tags: [{ text: "@t" }] }]);
    for (const { text: word, start, end } of words(document)) expect(text.slice(start, end)).toBe(word);
  });

  test.for(["", "  \n", "hello", "# only a comment"])("no Gherkin at all: %j", (text) => {
    const { problems } = parseGherkin(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain("Feature:");
  });

  test("an unknown language", () => {
    const text = "# language: xx\nFeature: f\n  Scenario: s\n    Given a\n";
    const document = parseGherkin(text);
    expect(problemsOf(text, document)).toEqual([
      ["# language: xx", 'Gherkin has no language "xx". English is `en`.'],
    ]);
    expect(stepsOf(document)).toHaveLength(1);
  });

  test("more errors than the parser counts", () => {
    const text = around(Array.from({ length: 60 }, (_, index) => `    junk ${index}`).join("\n"));
    const document = parseGherkin(text);
    expect(document.problems).toHaveLength(60);
    expect(stepsOf(document).map(({ step }) => step.text.text)).toEqual(["a", "z"]);
  });
});

describe("what was hardly meant as free text", () => {
  test("a first step, a first title", () => {
    const text = "Feature: f\n  Scenaro: s\n    Given a\n\n  Scenario: t\n    Whenn b\n    Then c\n";
    expect(problemsOf(text, parseGherkin(text))).toEqual([
      ["Scenaro: s", "`Scenaro` is no keyword. Did you mean `Scenario:`?"],
      ["Whenn b", "`Whenn` is no keyword. Did you mean `When`?"],
    ]);
    expect(parseGherkin(text).problems.every(({ isGuess }) => isGuess)).toBe(true);
  });

  test("real free text is none of that", () => {
    const text =
      "Feature: f\n  Rule of thumb: be kind\n  Examples are below.\n\n  Scenario: t\n    Bug 12: it said hello twice.\n    Any text.\n    Given b\n";
    expect(parseGherkin(text).problems).toEqual([]);
  });
});

test("any text is parsed without a throw, spans are in order", () => {
  const pieces = [
    "Feature: f",
    "Scenario: s",
    "Rule: r",
    "Background:",
    "Examples:",
    "Given a",
    "And <b>",
    "| a | b |",
    "| a |",
    '"""',
    "```",
    "@t",
    "@t x",
    "# language: xx",
    "junk",
    "",
    "Scenario Outline: o",
  ];
  let seed = 43;
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 14 }, () => {
      seed = (seed * 48271) % 2147483647;
      return " ".repeat(seed % 3) + pieces[seed % pieces.length];
    }).join(seed % 2 ? "\n" : "\r\n");
    const document = parseGherkin(text);
    for (const { start, end } of [...words(document), ...document.problems, ...scenariosOf(document)]) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start, text).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }
});

test("it is linear, damaged or not", () => {
  const scenario =
    "  Scenario: y\n    Given the procedure has started\n    Then the done tool should be called\n";
  const times = [scenario, "junk\n", '"""\n', "| a |\n", "@t\n", "Scenario: x\ntext\n"].map((piece) => {
    const text = `Feature: x\n${piece.repeat(200_000 / piece.length)}`;
    return quickestOf(() => parseGherkin(text));
  });
  expect(Math.max(...times)).toBeLessThan(3000);
});

import { describe, expect, test } from "vitest";
import { quickestOf } from "#language/text-checks/quickest-of.ts";
import { templateNamespaces, templatePlaces } from "#vocabulary/templates.ts";
import { parseTemplate, placeholderAt } from "./template.ts";

describe("placeholders of a text", () => {
  test.for([
    ["Help with {input.topic}.", ["input.topic"]],
    ["{state.a.b.c}{context.x}", ["state.a.b.c", "context.x"]],
    ["{name}", ["name"]],
    ["{items.1}", ["items.1"]],
    ['{"topic": {input.topic}}', ["input.topic"]],
    ['Answer as {"label": "yes", "score": 0.5}', []],
    ["{{input.x}} and {% if x %} and {# note #}", []],
    ["{{input.x} and {input.y}}", ["input.x", "input.y"]],
    ["function f() { return {x = 1} }", []],
    ["{ input.x } {input. x} {input.} {.x} {} {1} {a-b} {a:b}", []],
    ["\\u{AB} {é}", []],
    ["{input.x", []],
  ])("%s", ([text, expected]) => {
    const found = parseTemplate(text as string);
    expect(found.map(({ path }) => path.map((part) => part.text).join("."))).toEqual(expected);
    for (const { start, end, path } of found) {
      expect((text as string).slice(start, end)).toBe(`{${path.map((part) => part.text).join(".")}}`);
      for (const part of path) expect((text as string).slice(part.start, part.end)).toBe(part.text);
    }
  });
});

describe("the placeholder at a place", () => {
  test.for([
    ["Hi {in|put.topic}", "input.topic", 0, true],
    ["Hi {input.|topic}", "input.topic", 1, true],
    ["Hi {input.topic|}", "input.topic", 1, true],
    ["Hi {input|.topic}", "input.topic", 0, true],
    ["Hi {input.|", "input.", 1, false],
    ["Hi {|", "", 0, false],
    ["Hi {|}", "", 0, true],
    ['{"a": {input.|}}', "input.", 1, true],
  ] as const)("%s", ([marked, path, index, isClosed]) => {
    const offset = marked.indexOf("|");
    const found = placeholderAt(marked.replace("|", ""), offset);
    expect(found?.path.map(({ text }) => text).join(".")).toBe(path);
    expect(found).toMatchObject({ index, isClosed });
  });

  test.for([
    "Hi |{input.x}",
    "Hi {input.x}|",
    "{{in|put.x}}",
    "{{|",
    "{ |a}",
    "{1|2}",
    "\\u{A|B}",
    "|",
    "a|b",
  ])("none in %s", (marked) => {
    expect(placeholderAt(marked.replace("|", ""), marked.indexOf("|"))).toBeUndefined();
  });
});

test("places of templates name namespaces that exist", () => {
  const known = new Set(templateNamespaces.map(({ name }) => name));
  const braces = templatePlaces.filter(({ syntax }) => syntax === "braces");
  expect(braces.length).toBeGreaterThan(3);
  for (const { namespaces } of braces) for (const name of namespaces) expect(known).toContain(name);
});

test("a megabyte takes a moment; any text is read without a throw", () => {
  for (const text of [
    "{input.topic} ".repeat(75_000),
    "{".repeat(1_000_000),
    "{a.".repeat(330_000),
    `{${"a".repeat(1_000_000)}`,
  ]) {
    expect(
      quickestOf(() => parseTemplate(text)),
      text.slice(0, 5),
    ).toBeLessThan(400);
    expect(quickestOf(() => placeholderAt(text, text.length))).toBeLessThan(20);
  }
  const pieces = ["{", "}", "a", ".", "\\u", "1", " ", "é"];
  let seed = 13;
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 10 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join("");
    parseTemplate(text);
    for (let offset = 0; offset <= text.length; offset++) placeholderAt(text, offset);
  }
});

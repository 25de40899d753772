import { describe, expect, test } from "vitest";
import { type OutlineEntry, outlineOf } from "#language/semantics/outline.ts";
import { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

/** Names with kinds, indented as they are nested. */
function shown(entries: readonly OutlineEntry[], indent = ""): string[] {
  return entries.flatMap(({ name, kind, detail, children }) => [
    `${indent}${name} ${kind}${detail === undefined ? "" : ` (${detail})`}`,
    ...shown(children, `${indent}  `),
  ]);
}

function outline(text: string): string[] {
  return shown(outlineOf(markedProject(text).file));
}

describe("what the outline shows", () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    variables: [
      "local a, b = 1, function() end\nc = 1\nM.d = 1",
      ["a variable", "b function", "c variable", "M.d field"],
    ],
    "functions and what is in them": [
      "local function f()\n  local inner = 1\n  local function g() end\nend\nfunction M.h() end\nfunction M:i() end",
      ["f function", "  inner variable", "  g function", "M.h function", "M:i method"],
    ],
    "an agent with its schemas and tools": [
      "clerk = Agent { output = { score = field.number{} }, inline_tools = { { name = 'look', handler = function() end } } }",
      ["clerk agent (Agent)", "  output field", "    score field (number)", "  look tool"],
    ],
    "a procedure without a name": [
      "Procedure { input = { topic = field.string{} }, function(input) local x = 1 end }",
      ["main procedure (Procedure)", "  input field", "    topic field (string)", "  x variable"],
    ],
    "declarations named by a text": [
      'Toolset "web" { tools = { { name = "get" } } }',
      ["web toolset (Toolset)", "  get tool"],
    ],
    "a tool in a local": ["local find = Tool { function(args) end }", ["find tool (Tool)"]],
    mocks: ["Mocks { clerk = { message = '' } }", ["Mocks declaration (Mocks)", "  clerk field"]],
    "functions in fields": [
      "a = Agent { prepare = function() local x = 1 end }",
      ["a agent (Agent)", "  x variable"],
    ],
    "a specification with its scenarios": [
      "Specification([[\nFeature: Letters\n  Background:\n    Given x\n  Scenario: One\n    Then y\n  Rule: Strict\n    Scenario Outline: Two\n      Then z\n      Examples:\n        | a |\n]])",
      [
        "Letters specification (Specification)",
        "  Background scenario (Background)",
        "  One scenario (Scenario)",
        "  Strict specification (Rule)",
        "    Two scenario (Scenario Outline)",
      ],
    ],
    "a specification that is no Gherkin": [
      "Specification([[ hello ]])",
      ["Specification specification (Specification)"],
    ],
  };
  test.for(Object.entries(cases))("%s", ([, [text, expected]]) => {
    expect(outline(text)).toEqual(expected);
  });
});

test("ranges hold what is in them, names stand in them", () => {
  const { file } = markedProject(sample.join("\n"));
  const check = (entries: readonly OutlineEntry[], start: number, end: number): void => {
    for (const { range, selection, children } of entries) {
      expect(start <= range.start && range.end <= end).toBe(true);
      expect(range.start <= selection.start && selection.end <= range.end).toBe(true);
      check(children, range.start, range.end);
    }
  };
  check(outlineOf(file), 0, file.text.length);
});

const sample = [
  'local done = require("tactus.tools.done")\n',
  'find = Tool {\n  description = "Finds",\n  input = { q = field.string{required = true} },\n  function(args)\n    if args.q then\n      return { q = args.q }\n    end\n    return nil\n  end,\n}\n',
  "local function help(a, b)\n  for index, value in ipairs(a) do\n    print(index, value .. b)\n  end\nend\n",
  'clerk = Agent {\n  provider = "openai",\n  system_prompt = [[\n    Hello {input.name}.\n  ]],\n  tools = { find, done },\n}\n',
  "limit = 10\n",
  "function total(list)\n  local sum = 0\n  while #list > 0 do\n    sum = sum + table.remove(list)\n  end\n  return sum\nend\n",
  'Toolset "web" { tools = { "find" } }\n',
  'Procedure {\n  output = { reply = field.string{} },\n  function(input)\n    local result = clerk({ message = "go" })\n    return { reply = result.output }\n  end,\n}\n',
];

test("an error in the middle takes no symbol away before and behind it", () => {
  const names = sample.map((part) =>
    outlineOf(new ProcedureFile("file:///a.tac", part, surroundings)).map(({ name }) => name),
  );
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  let damages = 0;
  for (let round = 0; round < 3000; round++) {
    const middle = 1 + random(sample.length - 2);
    const part = sample[middle] ?? "";
    const at = 1 + random(part.length - 2);
    const damaged = part.slice(0, at) + part.slice(Math.min(part.length - 1, at + 1 + random(6)));
    // What opens a long text or a comment takes what follows with it, whoever reads it.
    if (opensText(damaged)) continue;
    damages++;
    const text = [...sample.slice(0, middle), damaged, ...sample.slice(middle + 1)].join("\n");
    const found = outlineOf(new ProcedureFile("file:///a.tac", text, surroundings)).map(({ name }) => name);
    const expected = [...names.slice(0, middle), ...names.slice(middle + 1)].flat();
    for (const name of expected) expect(found, `"${name}" after damage:\n${damaged}`).toContain(name);
  }
  expect(damages).toBeGreaterThan(2000);
});

const surroundings = { moduleType: () => undefined, globalOfModules: () => undefined };

function opensText(part: string): boolean {
  const opened = part.match(/\[=*\[/g)?.length ?? 0;
  const closed = part.match(/\]=*\]/g)?.length ?? 0;
  return opened !== closed || part.includes("--");
}

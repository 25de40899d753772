import { describe, expect, test } from "vitest";
import { check, expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

describe("syntax errors", () => {
  test("are told one for each place, and the rest of the file is checked all the same", () => {
    expectFindings(
      `local a = = 1
          ^ syntax-error error
print(a, undefinde)
         ^^^^^^^^^ undefined-global
print(a
      ^ syntax-error
local c = 2
      ^ unused-local`,
      { only: ["syntax-error", "undefined-global", "unused-local"] },
    );
  });
});

describe("comments that keep findings back", () => {
  test.for<[string, string]>([
    ["for the next line", "---@diagnostic disable-next-line: unused-local\nlocal a = 1"],
    ["for their own line", "local a = 1 ---@diagnostic disable-line: unused-local"],
    ["from their line on", "---@diagnostic disable: unused-local\nlocal a = 1\nlocal b = 2"],
    ["all of them", "---@diagnostic disable\nlocal a = nothing"],
  ])("%s", ([, text]) => {
    expectFindings(text);
  });

  test("until they are let go", () => {
    expectFindings(
      "---@diagnostic disable: unused-local\nlocal a = 1\n---@diagnostic enable: unused-local\nlocal b = 2\n      ^ unused-local",
    );
  });

  test("are told when they keep nothing back, or can't be understood", () => {
    expectFindings(
      `---@diagnostic disable-next-line: unused-local
                                  ^^^^^^^^^^^^ unused-suppression hint: keeps nothing back
print(1)
---@diagnostic disable-line: unused-lcoal
                             ^^^^^^^^^^^^ unused-suppression: Did you mean "unused-local"
---@diagnostic disbale
^^^^^^^^^^^^^^^^^^^^^^ unused-suppression: needs one of`,
    );
  });

  test("never keep errors of syntax back", () => {
    expectFindings(
      `---@diagnostic disable
^^^^^^^^^^^^^^^^^^^^^^ unused-suppression
local = 1
      ^ syntax-error`,
    );
  });

  test.for([
    {
      name: "a comment with its line",
      before:
        "print(1)\n  ---@diagnostic disable-next-line: unused-local\n                                    ^^^^^^^^^^^^ unused-suppression\nprint(2)",
      after: "print(1)\nprint(2)",
    },
    {
      name: "a comment behind code",
      before:
        "print(1) ---@diagnostic disable-line: unused-local\n                                      ^^^^^^^^^^^^ unused-suppression",
      after: "print(1)",
    },
    {
      name: "the first of several codes",
      before:
        "local a = 1 ---@diagnostic disable-line: unused-tool, unused-local\n                                         ^^^^^^^^^^^ unused-suppression",
      after: "local a = 1 ---@diagnostic disable-line: unused-local",
    },
    {
      name: "the last of several codes",
      before:
        "local a = 1 ---@diagnostic disable-line: unused-local, unused-tool\n                                                       ^^^^^^^^^^^ unused-suppression",
      after: "local a = 1 ---@diagnostic disable-line: unused-local",
    },
    {
      name: "a comment without codes",
      before: "---@diagnostic disable-line\n^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-suppression\nprint(1)",
      after: "print(1)",
    },
  ])("the fix takes $name away that keeps nothing back", ({ before, after }) => {
    expectFix(before, after);
  });

  test("the fix writes the code that is meant", () => {
    expectFix(
      "local a = 1 ---@diagnostic disable-line: unused-lcoal\n                                         ^^^^^^^^^^^^ unused-suppression",
      "local a = 1 ---@diagnostic disable-line: unused-local",
      { only: ["unused-suppression"] },
    );
  });
});

test("findings come in the order of the text", () => {
  const { diagnostics } = check("local a = nothing\nlocal b = = 1\nlocal c = nothing");
  const places = diagnostics.map(({ range }) => range.start.line * 1000 + range.start.character);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect(places.length).toBeGreaterThan(3);
});

test("a place that explains a finding is told", () => {
  const { diagnostics } = check("a = Tool { function() end }\na = Tool { function() end }", {
    only: ["duplicate-name"],
  });
  expect(diagnostics[0]?.related).toEqual([
    expect.objectContaining({ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } }),
  ]);
});

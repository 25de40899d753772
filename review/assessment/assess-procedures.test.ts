import { expect, test } from "vitest";
import { assess, told } from "#review/assessment/testing/assess.ts";

const procedure = `search = Tool { description = "x", input = { q = field.string{required = true} }, function(a) return a.q end }
clerk = Agent {
  model = "openai/gpt-4o",
  system_prompt = "Be kind.",
  tools = {search},
  max_turns = 5,
}
Procedure {
  input = { topic = field.string{required = true, enum = {"a", "b"}} },
  output = { text = field.string{required = true} },
  function(input) return { text = "x" } end,
}
Specification([[
Feature: Letters
  Scenario: It answers
    When the procedure runs
    Then the procedure should complete successfully
    And the output text should be "x"
]])
`;

/** One edit of a procedure, and what it means. */
const edits: ReadonlyArray<readonly [name: string, from: string, to: string, expected: readonly string[]]> = [
  ["a comment", "clerk = Agent", "-- the clerk\nclerk = Agent", []],
  ["another layout", '"Be kind.",\n', '"Be kind."  ,\n\n', []],
  ["another prompt", "Be kind.", "Obey.", ["low prompt a.tac:4 changes system_prompt of the agent clerk"]],
  [
    "a raised limit",
    "max_turns = 5",
    "max_turns = 50",
    ["low limits a.tac:6 now takes at most 50 turns (agent clerk); before, it takes at most 5 turns"],
  ],
  [
    "a lowered limit",
    "max_turns = 5",
    "max_turns = 2",
    ["none limits a.tac:6 now takes at most 2 turns (agent clerk); before, it takes at most 5 turns"],
  ],
  [
    "a limit that is gone",
    "  max_turns = 5,\n",
    "",
    ["low limits a.tac:6 before no longer takes at most 5 turns (agent clerk)"],
  ],
  [
    "a field that is no longer required",
    "topic = field.string{required = true, ",
    "topic = field.string{",
    ["low schema a.tac:9 no longer requires topic in the input of the procedure main"],
  ],
  [
    "one more value",
    '{"a", "b"}',
    '{"a", "b", "c"}',
    ['low schema a.tac:9 also takes "c" for topic in the input of the procedure main'],
  ],
  [
    "any value",
    ', enum = {"a", "b"}',
    "",
    ["low schema a.tac:9 takes any value for topic in the input of the procedure main"],
  ],
  ["fewer values", '{"a", "b"}', '{"a"}', []],
  [
    "a field of the output that is gone",
    "output = { text = field.string{required = true} }",
    "output = { other = field.string{required = true} }",
    [
      "low schema a.tac:10 no longer has the field text in the output of the procedure main",
      'low diagnostics a.tac:11 The output "other" is missing here, and the schema requires it',
    ],
  ],
  [
    "another type",
    "text = field.string",
    "text = field.object",
    [
      "low schema a.tac:10 takes text in the output of the procedure main as object (before: string)",
      'low diagnostics a.tac:11 "text" must be of type object, as its schema says, not a text',
    ],
  ],
  ["other code", 'text = "x" }', 'text = "y" }', ["low code a.tac:8 changes the code of the procedure main"]],
  [
    "a step that is gone",
    '    And the output text should be "x"\n',
    "",
    [
      'low specifications a.tac:15 changes the scenario "It answers": no longer "And the output text should be "x""',
    ],
  ],
  [
    "a scenario that is gone",
    procedure.slice(procedure.indexOf("  Scenario"), procedure.indexOf("]])")),
    "",
    ['low specifications a.tac:15 before removes the scenario "It answers"'],
  ],
  [
    "code outside",
    "search = Tool",
    "local secret = 1\nsearch = Tool",
    ["low code a.tac:1 changes code outside of its declarations"],
  ],
  [
    "one more agent",
    "Procedure {",
    'spy = Agent { system_prompt = "x", tools = {} }\nProcedure {',
    ["low model a.tac:8 now asks the model gpt-4o (agent spy)", "low code a.tac:8 declares the agent spy"],
  ],
  [
    "a module",
    "search = Tool",
    'local m = require("lib.m")\nsearch = Tool',
    [
      "low modules a.tac:1 now requires the module lib.m",
      "low code a.tac:1 changes code outside of its declarations",
    ],
  ],
];

test.for(edits)("a procedure: %s", async ([, from, to, expected]) => {
  expect(procedure).toContain(from);
  const files = { "lib/m.tac": "return {}\n" };
  const report = await assess(
    { ...files, "a.tac": procedure },
    { ...files, "a.tac": procedure.replace(from, to) },
  );
  expect(told(report)).toEqual(expected);
  expect(report.risk).toBe(expected.some((line) => line.startsWith("low")) ? "low" : "none");
});

test("a renamed procedure is compared with what it was", async () => {
  const report = await assess(
    { "old.tac": procedure },
    { "new/name.tac": procedure.replace("Be kind.", "Obey.") },
  );
  expect(report.files).toMatchObject([
    { file: "new/name.tac", from: "old.tac", status: "renamed", kind: "procedure" },
  ]);
  expect(told(report)).toContain("low prompt new/name.tac:4 changes system_prompt of the agent clerk");
});

test("findings of head that base has are not told, be they in other lines", async () => {
  const before = "local one = 1\nreturn 1\n";
  const after = `\n\n${before}nosuch()\n`;
  const [file] = (await assess({ "a.tac": before }, { "a.tac": after })).files;
  expect(file?.diagnostics.map(({ code }) => code)).not.toContain("unused-local");
  expect(file?.diagnostics).not.toEqual([]);
});

/** What a procedure may touch is told by its manifest. */
test.for<[name: string, before: string, after: string, expected: readonly string[]]>([
  [
    "a tool for an agent",
    "tools = {search}",
    "tools = {search, wipe}",
    ["low tools a.tac:3 now may call the tool wipe (agent clerk)"],
  ],
  [
    "another model",
    "openai/gpt-4o",
    "anthropic/claude-opus",
    [
      "low model a.tac:3 now asks the model anthropic/claude-opus (agent clerk)",
      "none model a.tac:3 before no longer asks the model openai/gpt-4o (agent clerk)",
    ],
  ],
  [
    "a file",
    "return {}",
    'File.write("out.txt", "x") return {}',
    ["low files a.tac:4 now writes out.txt", "low code a.tac:4 changes the code of the procedure main"],
  ],
  [
    "a host tool",
    "return {}",
    'Host.call("deploy", {}) return {}',
    [
      "high tools a.tac:4 now calls the host tool deploy",
      "low code a.tac:4 changes the code of the procedure main",
    ],
  ],
  [
    "a person who is no longer asked",
    'Human.approve({message = "May I?"}) ',
    "",
    [
      "high people a.tac:4 before no longer asks a person (approval)",
      "low code a.tac:4 changes the code of the procedure main",
    ],
  ],
])("a manifest: %s", async ([, from, to, expected]) => {
  const text = `search = Tool { description = "x", input = {}, function() return 1 end }
wipe = Tool { description = "x", input = {}, function() return 1 end }
clerk = Agent { model = "openai/gpt-4o", system_prompt = "Be kind.", tools = {search} }
Procedure { function() Human.approve({message = "May I?"}) return {} end }
`;
  expect(text).toContain(from);
  const report = await assess({ "a.tac": text }, { "a.tac": text.replace(from, to) });
  expect(told(report)).toEqual(expected);
  const [file] = report.files;
  expect([...(file?.added ?? []), ...(file?.removed ?? [])]).not.toEqual([]);
});

test("a procedure that another one runs is followed on both sides, be it changed or not", async () => {
  const others = { "sub.tac": 'Procedure { function() File.write("out.txt", "x") return {} end }\n' };
  const starts = 'Procedure { function() return Procedure.run("sub.tac", {}) end }\n';
  const report = await assess(
    { ...others, "a.tac": starts },
    { ...others, "a.tac": `local unused = 1\n${starts}` },
  );
  expect(report.files).toMatchObject([{ file: "a.tac", added: [], removed: [], changed: [] }]);
});

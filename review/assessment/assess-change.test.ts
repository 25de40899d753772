import { expect, test } from "vitest";
import type { ReviewReport } from "#protocol/reports/review-report.ts";
import { reviewReport } from "#protocol/reports/review-report.ts";
import { assessChange } from "#review/assessment/assess-change.ts";
import { type MemoryFile, memoryTree } from "#review/trees/testing/memory-tree.ts";

type Files = Readonly<Record<string, MemoryFile>>;

async function assess(base: Files, head: Files): Promise<ReviewReport> {
  const { signal } = new AbortController();
  const report = await assessChange(memoryTree(base, "base"), memoryTree(head, "head"), { signal });
  if (!report.ok) throw new Error(report.error.message);
  return reviewReport.parse(report.value);
}

/** Each meaning as a line: risk, topic, file, line, message. */
function told({ files }: ReviewReport): string[] {
  return files.flatMap(({ file, meanings }) =>
    meanings.map(({ risk, topic, message, head, base }) => {
      const place = head ? `:${head.line}` : base ? `:${base.line} before` : "";
      return `${risk} ${topic} ${file}${place} ${message}`;
    }),
  );
}

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

const config = (text: string): Files => ({ "a.tac": "return 1\n", ".tactus/config.yml": text });

test.for<[string, Files, Files, string[]]>([
  [
    "a writable mount",
    { "a.tac": "return 1\n" },
    { "a.tac": "return 1\n", "a.tac.yml": "sandbox:\n  volumes:\n    - ~/data:/data:rw\n" },
    ["high files a.tac.yml:3 now mounts ~/data, writable, at /data"],
  ],
  [
    "a mount that becomes writable",
    config("sandbox: {volumes: ['./d:/d:ro']}\n"),
    config("sandbox: {volumes: ['./d:/d:rw']}\n"),
    [
      "high files .tactus/config.yml:1 now mounts ./d, writable, at /d",
      "none files .tactus/config.yml:1 before no longer mounts ./d, read-only, at /d",
    ],
  ],
  [
    "a network",
    config("sandbox: {network: none}\n"),
    config("sandbox: {network: bridge}\n"),
    [
      'high network .tactus/config.yml:1 now connects the sandbox to the network bridge; before, it sets sandbox.network to "none"',
    ],
  ],
  [
    "a program as an MCP server, in other letters",
    config(""),
    config("mcp_servers:\n  files:\n    command: node\n    args: [server.js]\n"),
    [
      "high tools .tactus/config.yml:2 now starts the program node server.js inside the sandbox as the MCP server files",
    ],
  ],
  [
    "an image",
    config(""),
    config("sandbox: {image: evil/image}\n"),
    ["high trust .tactus/config.yml:1 now runs in another image: evil/image"],
  ],
  [
    "a limit beyond the safe one",
    config("limits: {cost: 1}\n"),
    config("limits: {cost: 100}\n"),
    ["high limits .tactus/config.yml:1 now raises a limit: cost 100; before, it sets limits.cost to 1"],
  ],
  [
    "a limit that is gone",
    config("limits: {cost: 1}\n"),
    config("limits: {tokens: 1000}\n"),
    [
      "high limits .tactus/config.yml:1 before no longer sets limits.cost to 1",
      "none limits .tactus/config.yml:1 now sets limits.tokens to 1000",
    ],
  ],
  [
    "a lower limit",
    config("limits: {cost: 2}\n"),
    config("limits: {cost: 1}\n"),
    ["none limits .tactus/config.yml:1 now sets limits.cost to 1; before, it sets limits.cost to 2"],
  ],
  [
    "a secret, which is not told",
    config(""),
    config("openai_api_key: sk-proj-abcdefghijklmnopqrstuvwxyz0123456789\n"),
    ["high model .tactus/config.yml:1 now brings an API key or account of its own: openai_api_key"],
  ],
  [
    "a plugin of a config that did not change",
    { ...config("tool_paths: [tools]\n"), "tools/p.py": "x = 1\n" },
    { ...config("tool_paths: [tools]\n"), "tools/p.py": "x = 2\n" },
    ["high code tools/p.py is Python that a config of the repository loads as tools"],
  ],
  [
    "a program of an MCP server",
    { ...config("mcp_servers: {s: {command: python3, args: [servers/s.py]}}\n"), "servers/s.py": "1\n" },
    { ...config("mcp_servers: {s: {command: python3, args: [servers/s.py]}}\n"), "servers/s.py": "2\n" },
    ["high code servers/s.py is part of an MCP server that a config of the repository starts"],
  ],
  [
    "a config that is not read",
    config(""),
    config("sandbox: [\n"),
    [expect.stringMatching(/^high tree .*can't be read/)],
  ],
  [
    "a workflow",
    {},
    { ".github/workflows/ci.yml": "on: push\n" },
    [
      "low trust .github/workflows/ci.yml is touched, and hidden files and folders steer programs of this machine",
    ],
  ],
  [
    "a new procedure",
    {},
    { "a.tac": "return 1\n" },
    ["low code a.tac:1 changes code outside of its declarations"],
  ],
  ["any other file", { "a.txt": "1" }, { "a.txt": "2", "b/c.txt": "3" }, []],
  [
    "characters that deceive",
    { "a.tac": "return 1\n" },
    { "a.tac": "return 1 --[[\u202e]]\n" },
    [expect.stringMatching(/^high diagnostics a\.tac:1 /)],
  ],
])("%s", async ([, base, head, expected]) => {
  const report = await assess(base, head);
  const lines = told(report);
  for (const line of expected) expect(lines).toContainEqual(line);
  const high = lines.some((line) => line.startsWith("high "));
  expect(report.risk).toBe(high ? "high" : lines.some((line) => line.startsWith("low ")) ? "low" : "none");
  expect(JSON.stringify(report)).not.toContain("sk-proj");
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

test.for<[string, Files, Files, unknown]>([
  [
    "a config that becomes one by its new name",
    { "a.tac": "return 1\n", "notes.yml": "sandbox:\n  network: bridge\n" },
    { "a.tac": "return 1\n", "a.tac.yml": "sandbox:\n  network: bridge\n" },
    "high network a.tac.yml:2 now connects the sandbox to the network bridge",
  ],
  [
    "a sidecar that goes to another procedure",
    { "a.tac": "return 1\n", "b.tac": "return 2\n", "a.tac.yml": "sandbox:\n  network: bridge\n" },
    { "a.tac": "return 1\n", "b.tac": "return 2\n", "b.tac.yml": "sandbox:\n  network: bridge\n" },
    "high network b.tac.yml:2 now connects the sandbox to the network bridge",
  ],
  [
    "a text that becomes a procedure",
    { "notes.txt": 'Host.call("deploy", {})\n' },
    { "a.tac": 'Host.call("deploy", {})\n' },
    "high tools a.tac:1 now calls the host tool deploy",
  ],
  [
    "a procedure that an older file beside it becomes the sidecar of",
    { "a.yml": "sandbox:\n  network: bridge\n" },
    { "a.yml": "sandbox:\n  network: bridge\n", "a.tac": "return 1\n" },
    "high network a.tac:2 now connects the sandbox to the network bridge",
  ],
  [
    "a module that was there already",
    { "lib/m.tac": 'Host.call("deploy", {})\nreturn {}\n', "a.tac": "return 1\n" },
    { "lib/m.tac": 'Host.call("deploy", {})\nreturn {}\n', "a.tac": 'return require("lib.m")\n' },
    "high tools a.tac:1 now calls the host tool deploy",
  ],
])("what is moved into place is new: %s", async ([, base, head, expected]) => {
  expect(told(await assess(base, head))).toContain(expected);
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

test("what a config brings stands with the config, and in the manifest of the procedure that changed with it", async () => {
  const report = await assess(
    { "a.tac": "return 1\n" },
    { "a.tac": "return 2\n", "a.tac.yml": "sandbox: {volumes: ['~/data:/data:rw']}\n" },
  );
  const mount = expect.objectContaining({
    capability: "mount",
    trust: "trusted",
    origin: { file: "a.tac.yml", line: 1 },
  });
  expect(report.files).toMatchObject([
    { file: "a.tac", added: [mount] },
    { file: "a.tac.yml", added: [mount] },
  ]);
  expect(report.reasons.filter((reason) => reason.includes("~/data"))).toHaveLength(1);
});

test("a procedure that did not change itself is told where its module or config did", async () => {
  const report = await assess(
    { "a.tac": 'local m = require("lib.m")\nreturn m\n', "lib/m.tac": "return {}\n" },
    {
      "a.tac": 'local m = require("lib.m")\nreturn m\n',
      "lib/m.tac": 'File.write("out.txt", "x")\nreturn {}\n',
      ".tactus/config.yml": "sandbox: {network: bridge}\n",
    },
  );
  expect(report.files).toMatchObject([
    { file: ".tactus/config.yml", added: [{ capability: "network", target: "bridge" }] },
    {
      file: "lib/m.tac",
      added: [{ capability: "file.write", target: "out.txt" }, { capability: "network" }],
    },
  ]);
});

test("nothing changed", async () => {
  expect(await assess({ "a.tac": procedure }, { "a.tac": procedure })).toEqual({
    base: "base",
    head: "head",
    files: [],
    risk: "none",
    reasons: [],
  });
});

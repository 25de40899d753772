import { describe, expect, test } from "vitest";
import { buildManifest, usedCapabilities } from "#language/manifest/build-manifest.ts";
import { Project } from "#language/project/project.ts";
import { resolveLayers } from "#language/sidecar/layers.ts";
import { readConfig } from "#language/sidecar/read-config.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly sidecar?: string;
  readonly own?: string;
  readonly granted?: boolean;
}

function sourcesOf(source: string, { files = {}, sidecar, own, granted = true }: Given = {}) {
  const project = new Project();
  for (const [name, text] of Object.entries({ "flows/a.tac": source, ...files })) project.setText(name, text);
  const layers = [
    ...(own === undefined ? [] : [{ read: readConfig(own, "/home/me/.tactus/config.yml"), trusted: true }]),
    ...(sidecar === undefined ? [] : [{ read: readConfig(sidecar, "flows/a.tac.yml"), trusted: false }]),
  ];
  const config = resolveLayers(layers, { isGranted: () => granted, variable: () => undefined });
  return { uri: "flows/a.tac", project, describe: (uri: string) => uri, config };
}

const used = (source: string, given?: Given): readonly ManifestEntry[] =>
  usedCapabilities(sourcesOf(source, given));

/** `capability target`, with who has it; each once, in order. */
function listed(source: string, given?: Given): readonly string[] {
  const lines = used(source, given).map(({ capability, target, agent, turn }) =>
    [capability, target, ...(agent === undefined ? [] : [`(${agent}${turn ? ", one turn" : ""})`])].join(" "),
  );
  return [...new Set(lines)].sort();
}

const everything = [
  "file.read dynamic",
  "file.write dynamic",
  "human dynamic",
  "model dynamic",
  "network dynamic",
  "tool.host dynamic",
  "tool.lua dynamic",
  "tool.mcp dynamic",
  "tool.plugin dynamic",
];

describe("what is written is listed as it is written", () => {
  test.for<[string, string, readonly string[]]>([
    ["nothing", 'Procedure { function() Log.info("hello") end }', []],
    ["files", 'File.write("a/./b.txt", File.read("c.md"))', ["file.read c.md", "file.write a/b.txt"]],
    ["a path out of the workspace is refused anyway", 'File.read("../secret")', []],
    [
      "files of a library, beside the procedure",
      'local csv = require("tactus.io.csv") csv.read("d.csv")',
      ["file.read flows/d.csv"],
    ],
    [
      "folders and patterns",
      'local fs = require("tactus.io.fs") fs.list_dir("in") fs.glob("notes/*.md")',
      ["file.read flows/in/**", "file.read flows/notes/**"],
    ],
    [
      "an HDF5 file is read and written",
      'require("tactus.io.hdf5").write("x.h5", "d", {1})',
      ["file.read flows/x.h5", "file.write flows/x.h5"],
    ],
    [
      "a corpus",
      'local c = require("tactus.corpora.filesystem") notes = c.Corpus { root = "notes" }',
      ["file.read flows/notes/**"],
    ],
    [
      "host tools",
      'Host.call("ping") ring = Tool { use = "broker.bell" }',
      ["tool.host bell", "tool.host ping"],
    ],
    ["people", 'Human.approve("May it?") Human.multiple({})', ["human approval", "human inputs"]],
    ["telling people is no question", 'Human.notify("done")', []],
    [
      "constants are followed",
      'local folder = "out/" local name = folder .. "a.txt" File.write(name, "")',
      ["file.write out/a.txt"],
    ],
    ["a variable is not", 'local name = "a" name = input.name File.read(name)', ["file.read dynamic"]],
    ["through pcall", 'pcall(File.read, "a.txt")', ["file.read a.txt"]],
    ["through a local", 'local f = File local r = f.read r("a.txt")', ["file.read a.txt"]],
    ["through _G", '_G.File["read"]("a.txt")', ["file.read a.txt"]],
    [
      "the search of the web",
      'require("tactus.web").search {query = "q", domains = {"a.org"}}',
      ["model openai/gpt-5.4-mini (tactus.web)", "network a.org"],
    ],
    [
      "all of the web",
      'require("tactus.web").search {query = "q", provider = "anthropic", model = "m"}',
      ["model anthropic/m (tactus.web)", "network dynamic"],
    ],
    [
      "marking with a model",
      'require("tactus.biblicus.text").extract {text = t, client = {provider = "openai", model = "m"}}',
      ["model openai/m"],
    ],
    ["quotes without a model", 'require("tactus.deepgram").quote(data, {quote = "q"})', []],
    ["a trained model", 'm = Model { type = "naive_bayes", path = "m.json" }', ["file.read m.json"]],
    [
      "a registered model",
      'm = Model { type = "registry", name = "mood" }',
      ["file.read .tactus/models/mood.json", "file.read .tactus/models/mood/**"],
    ],
    [
      "a model behind an address",
      'Model "score" { type = "http", endpoint = "https://a.org" }',
      ["tool.host score"],
    ],
    [
      "a language model",
      'Model "mood" { type = "llm", model = "openai/gpt-4o-mini" }',
      ["model openai/gpt-4o-mini (mood)"],
    ],
    [
      "models in a model",
      'Model "m" { type = "ensemble", members = {{type = "llm", model = "openai/a"}, {type = "sklearn", path = "b.json"}} }',
      ["file.read b.json", "model openai/a (m)"],
    ],
    ["a classifier", 'mood = Classify { classes = {"a"}, prompt = "p" }', ["model openai/gpt-4o-mini"]],
    ["a classifier without a model", 'mood = Classify { method = "fuzzy", expected = "a" }', []],
    [
      "a classifier of the library",
      'local c = require("tactus.text.classify") c.LLMClassifier:new { classes = {"a"}, prompt = "p", model = "openai/x" }',
      ["model openai/x"],
    ],
    [
      "the model of prompt modules",
      'LM "openai/y" { temperature = 0 } Module "m" { signature = "a -> b" }',
      ["model openai/y"],
    ],
    [
      "a step that judges",
      'Specification([[Then the output should semantically satisfy "x"]])',
      ["model openai/gpt-4o-mini (judge)"],
    ],
    [
      "an evaluator that judges",
      'Evaluation { dataset_file = "d.jsonl", evaluators = {{type = "llm_judge", rubric = "r"}} }',
      ["file.read d.jsonl", "model openai/gpt-4o (judge)"],
    ],
  ])("%s", ([, source, expected]) => {
    expect(listed(source)).toEqual([...expected].sort());
  });
});

describe("agents", () => {
  const agent = (fields: string): string =>
    `a = Agent { provider = "openai", model = "m", system_prompt = "s", ${fields} }`;
  const model = "model openai/m (a)";
  const declared = 'look = Tool { function() end } Toolset "web" { tools = {look} }';

  test.for<[string, string, readonly string[]]>([
    [
      "a tool by its handle",
      `${declared} ${agent("tools = {look}")}`,
      [model, "tool.lua look", "tool.lua look (a)"],
    ],
    [
      "a toolset by its name",
      `${declared} ${agent('tools = {"web"}')}`,
      [model, "tool.lua look", "tool.lua look (a)"],
    ],
    [
      "a tool of the library",
      `local done = require("tactus.tools.done") ${agent("tools = {done}")}`,
      [model, "tool.lua done", "tool.lua done (a)"],
    ],
    [
      "a tool in place",
      agent('tools = {}, inline_tools = {{name = "x", handler = f}}'),
      [model, "tool.lua a_x (a)", "tool.lua x (a)"],
    ],
    [
      "a server and one of its tools",
      agent('tools = {"mcp.files", mcp.mail.send}'),
      [model, "tool.mcp files (a)", "tool.mcp mail.send", "tool.mcp mail.send (a)"],
    ],
    [
      "a host tool under another name",
      `ring = Tool { use = "broker.bell" } ${agent("tools = {ring}")}`,
      [model, "tool.host bell", "tool.host bell (a)"],
    ],
    [
      "without a list it has what there is",
      `${declared} ${agent("")}`,
      [model, "tool.lua look", "tool.lua look (a)"],
    ],
    [
      "a turn with a tool",
      `${declared} ${agent("tools = {}")} a({message = "m", tools = {look}})`,
      [model, "tool.lua look", "tool.lua look (a, one turn)"],
    ],
    [
      "a turn with whatever it is given",
      `${agent("tools = {}")} a(input.options)`,
      [
        model,
        "tool.host dynamic (a)",
        "tool.lua dynamic (a)",
        "tool.mcp dynamic (a)",
        "tool.plugin dynamic (a)",
      ],
    ],
    [
      "turns of an agent with tools only narrow",
      `${declared} ${agent("tools = {look}")} a(input.options)`,
      [model, "tool.lua look", "tool.lua look (a)"],
    ],
    [
      "an agent that is looked up by its name",
      'Agent "b" { provider = "p", model = "m", system_prompt = "s", tools = {} } Agent("b")(x)',
      [
        "model p/m (b)",
        "tool.host dynamic (b)",
        "tool.lua dynamic (b)",
        "tool.mcp dynamic (b)",
        "tool.plugin dynamic (b)",
      ],
    ],
    [
      "a table that only a run can know",
      "b = Agent(input.config)",
      ["model dynamic", "tool.host dynamic", "tool.lua dynamic", "tool.mcp dynamic", "tool.plugin dynamic"],
    ],
    [
      "the default model of the file",
      'default_provider "p" default_model "m" b = Agent { system_prompt = "s", tools = {} }',
      ["model p/m (b)"],
    ],
    [
      "any of several defaults",
      'default_provider "p" if x then default_model "m" end b = Agent { system_prompt = "s", tools = {} }',
      ["model p/gpt-4o (b)", "model p/m (b)"],
    ],
    [
      "a model with its provider",
      'b = Agent { model = {name = "openai/x"}, system_prompt = "s", tools = {} }',
      ["model openai/x (b)"],
    ],
    ["limits of its own", `${agent("tools = {}, max_turns = 3")}`, ["limit max_turns (a)", model]],
  ])("%s", ([, source, expected]) => {
    expect(listed(source)).toEqual([...expected].sort());
  });

  test("servers of the config are tools of an agent without a list, and names for one with", () => {
    const own = "mcp_servers: { files: { command: x } }";
    expect(listed(agent(""), { own })).toEqual([model, "tool.mcp files (a)"]);
    expect(listed(agent('tools = {"files"}'), { own })).toEqual([model, "tool.mcp files (a)"]);
  });
});

describe("what hides is listed as anything", () => {
  test.for<[string, string, readonly string[]]>([
    ["a computed member", 'File["re" .. "ad"]("a")', ["file.read dynamic", "file.write dynamic"]],
    ["a table that holds it", "local t = {File} t[1].read(x)", ["file.read dynamic", "file.write dynamic"]],
    ["an argument", "local function f(x) return x.call(n) end f(Host)", ["tool.host dynamic"]],
    ["a value that is returned", "return Human", ["human approval", "human custom"]],
    ["a metatable", "setmetatable({}, {__index = File})", ["file.read dynamic", "file.write dynamic"]],
    [
      "a function that is passed on",
      "for line in string.gmatch(x, y) do map(File.read, line) end",
      ["file.read dynamic"],
    ],
    ["a member put elsewhere", "M = {} M.read = File.read M.read(x)", ["file.read dynamic"]],
    ["one of two", 'local f = x and File or Other f.read("a")', ["file.read a"]],
    ["the table of globals", "for k, v in pairs(_G) do v(x) end", everything],
    ["another environment", "local _ENV = File read(x)", [...everything]],
    ["an environment as a parameter", "local function f(_ENV) return read(x) end f(g)", everything],
    ["a computed module", 'require("a" .. b)', everything],
    ["require as a value", "local r = require r(x)", everything],
    ["a computed procedure", "Procedure.run(x)", everything],
    ["tools from anywhere", "t = Tool { use = x }", everything],
    [
      "in the middle of a chain that is too long to be read",
      `x = 1${" + 1".repeat(3000)} + f(File.read(y))${" + 1".repeat(3000)}`,
      everything,
    ],
  ])("%s", ([, source, expected]) => {
    expect(listed(source)).toEqual(expect.arrayContaining([...expected]));
  });
});

describe("other files", () => {
  test.for<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "a module",
      'require("lib.one")',
      { "flows/lib/one.tac": 'require("lib/two")', "flows/lib/two/init.tac": 'File.read("x")' },
      ["file.read x"],
    ],
    [
      "a module shares its globals",
      'require("lib") f.read("x")',
      { "flows/lib.tac": "f = File" },
      ["file.read x"],
    ],
    ["what is not required", "return 1", { "flows/lib.tac": 'File.read("x")' }, []],
    [
      "a procedure",
      'Procedure.run("b")',
      { "flows/b.tac": 'require("tactus.io.file").read("x")' },
      ["file.read flows/x"],
    ],
    [
      "a procedure in another folder sees its own",
      'Procedure.spawn("sub/b")',
      { "sub/b.tac": 'require("tactus.io.file").read("x")' },
      ["file.read sub/x"],
    ],
    [
      "tasks",
      'IncludeTasks("t.tac")',
      { "flows/t.tac": 'Task "t" { entry = function() File.write("y", "") end }' },
      ["file.read flows/t.tac", "file.write y"],
    ],
    [
      "tools of a file",
      'Toolset "t" { use = "./t.tac" }',
      { "flows/t.tac": 'u = Tool { function() Host.call("ping") end }' },
      ["tool.host ping", "tool.lua dynamic", "tool.lua u"],
    ],
    [
      "a tool that a module returns",
      'local t = require("t") a = Agent { provider = "p", model = "m", system_prompt = "s", tools = {t} }',
      { "flows/t.tac": 'local t = Tool { name = "look", function() end } return t' },
      ["model p/m (a)", "tool.lua look", "tool.lua look (a)"],
    ],
    [
      "files that run each other",
      'Procedure.run("b")',
      { "flows/b.tac": 'Procedure.run("a") File.read("z")' },
      ["file.read z"],
    ],
  ])("%s", ([, source, files, expected]) => {
    expect(listed(source, { files })).toEqual([...expected].sort());
  });

  test("each entry says where it stands", () => {
    const entries = used('require("lib")\nFile.read("a")', {
      files: { "flows/lib.tac": '\n\nFile.read("b")' },
    });
    expect(entries.map(({ target, origin }) => [target, origin])).toEqual([
      ["a", { file: "flows/a.tac", line: 2 }],
      ["b", { file: "flows/lib.tac", line: 3 }],
    ]);
  });
});

describe("config", () => {
  const entries = (source: string, given: Given): readonly ManifestEntry[] =>
    buildManifest(sourcesOf(source, given)).entries;
  const inShort = (given: Given, source = "return 1") =>
    entries(source, given)
      .filter(({ capability }) => capability !== "limit")
      .map(({ capability, target, granted, origin }) => [capability, target, granted, origin.line]);

  test("everything that a sidecar asks for, with its line, whether it is given or not", () => {
    const sidecar = `
sandbox:
  network: bridge
  volumes: ["~/data:/data:rw"]
  env: { LEVEL: "3" }
  image: mine
mcp_servers:
  files: { command: npx, args: [server, --root], env: { ROOT: "/x" } }
tool_paths: [plugins]
`;
    const expected = (granted: boolean) => [
      ["env", "LEVEL", granted, 5],
      ["mount", "~/data:/data:rw", granted, 4],
      ["network", "bridge", granted, 3],
      ["tool.plugin", "plugins", granted, 9],
      ["tool.mcp", "files", granted, 8],
      ["command", "npx server --root", granted, 8],
      ["env", "ROOT", granted, 8],
    ];
    const sorted = (rows: unknown[][]): unknown[][] => rows.map((row) => row).sort();
    expect(sorted(inShort({ sidecar }))).toEqual(sorted([...expected(true), ["image", "mine", false, 6]]));
    expect(sorted(inShort({ sidecar, granted: false }))).toEqual(
      sorted([...expected(false), ["image", "mine", false, 6]]),
    );
  });

  test("of the person's own tools only what the code may use", () => {
    const own = "mcp_servers: { files: { command: a }, mail: { command: b } }";
    expect(inShort({ own })).toEqual([]);
    expect(inShort({ own }, 'x = Tool { use = "mcp.mail.send" }')).toEqual([
      ["tool.mcp", "mail.send", undefined, 1],
      ["tool.mcp", "mail", undefined, 1],
      ["command", "b", undefined, 1],
    ]);
  });

  test("limits are what they come to, and what a folder would like beyond", () => {
    const limits = (given: Given) =>
      entries("return 1", given)
        .filter(({ capability, target }) => capability === "limit" && target === "time")
        .map(({ value, granted, origin }) => [value, granted, origin.file]);
    expect(limits({})).toEqual([[3600, undefined, "flows/a.tac"]]);
    expect(limits({ sidecar: "sandbox: { timeout: 60 }" })).toEqual([[60, undefined, "flows/a.tac.yml"]]);
    expect(limits({ sidecar: "sandbox: { timeout: 9000 }", granted: false })).toEqual([
      [3600, undefined, "flows/a.tac"],
      [9000, false, "flows/a.tac.yml"],
    ]);
  });

  test("secrets are not shown", () => {
    const sidecar =
      'mcp_servers: { x: { url: "https://a.org", headers: { Authorization: "Bearer canary-1234567890" } } }';
    expect(JSON.stringify(entries("return 1", { sidecar }))).not.toContain("canary");
  });
});

test("more code than is read may do anything", () => {
  const sources = { ...sourcesOf("return 1"), isIncomplete: true };
  expect(
    usedCapabilities(sources)
      .map(({ capability, target }) => `${capability} ${target}`)
      .sort(),
  ).toEqual(everything);
});

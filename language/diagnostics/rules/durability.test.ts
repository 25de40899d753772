import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

const only = ["nondeterminism", "unstable-checkpoint"];

const head = `clerk = Agent { provider = "openai", system_prompt = "Help.", tools = {} }
ping = Tool { use = "broker.host.ping", description = "Asks the host" }
add = Tool { input = { a = field.number{} }, function(args) return args.a + 1 end }
stamp = Tool { function() return os.time() end }
`;

describe("effects outside of a checkpoint", () => {
  test.for([
    {
      name: "a clock",
      text: `Procedure { function()
  return os.time()
         ^^^^^^^ nondeterminism warning: may give something else
end }`,
    },
    {
      name: "random numbers, files and the host",
      text: `Procedure { function()
  local n = math.random(6)
            ^^^^^^^^^^^ nondeterminism warning
  local page = File.read("a.txt")
               ^^^^^^^^^ nondeterminism warning: may happen again
  Host.call("host.ping")
  ^^^^^^^^^ nondeterminism warning
end }`,
    },
    {
      name: "a tool from elsewhere, and one that asks the clock",
      text: `Procedure { function()
  ping({})
  ^^^^ nondeterminism: The tool "ping" may happen again
  stamp.call({})
  ^^^^^^^^^^ nondeterminism: The tool "stamp"
  add({ a = 1 })
end }`,
    },
    {
      name: "a function that the workflow calls, wherever it stands",
      text: `local function now() return os.time() end
                            ^^^^^^^ nondeterminism
local M = {}
function M.later() return now() end
Procedure { function() return M.later() end }`,
    },
    {
      name: "a function handed on",
      text: `Procedure { function()
  return pcall(function() return os.date() end)
                                 ^^^^^^^ nondeterminism
end }`,
    },
    {
      name: "a script",
      text: `output { n = field.number{} }
local n = os.time()
          ^^^^^^^ nondeterminism
return { n = n }`,
    },
    {
      name: "a plain main",
      text: `function main()
  return os.time()
         ^^^^^^^ nondeterminism
end`,
    },
    {
      name: "files of the library where a turn is recorded",
      text: `local json = require("tactus.io.json")
Procedure { function()
  json.write("a.json", {})
  ^^^^^^^^^^ nondeterminism warning
  clerk("go")
end }`,
    },
    {
      name: "files of the library where nothing is recorded",
      text: `local json = require("tactus.io.json")
Procedure { function()
  json.write("a.json", {})
  ^^^^^^^^^^ nondeterminism information
end }`,
    },
  ])("$name", ({ text }) => {
    expectFindings(`${head}${text}`, { only });
  });
});

describe("nothing to say", () => {
  test.for([
    [
      "inside of a checkpoint",
      "Procedure { function() return Step.checkpoint(function() return os.time() end) end }",
    ],
    ["handed to a checkpoint", "Procedure { function() return checkpoint(os.time) end }"],
    [
      "a function that only checkpoints call",
      "local function now() return os.time() end Procedure { function() return Step.checkpoint(now) end }",
    ],
    ["a tool of an agent", "other = Tool { function() return os.time() end }"],
    [
      "a function that only a tool calls",
      "local function now() return os.time() end other = Tool { function() return now() end }",
    ],
    ["while the file is read", "started = os.time() Procedure { function() return started end }"],
    ["a function that nobody calls", "function now() return os.time() end Procedure { function() end }"],
    [
      "a date that is given",
      "Procedure { function() return os.time({ year = 2026, month = 1, day = 1 }), os.date('%F', 0) end }",
    ],
    [
      "a step of a specification",
      'Step("now", function() return os.time() end) Procedure { function() end }',
    ],
    ["a module", "local M = {} function M.now() return os.time() end return M"],
    [
      "a variable of that name",
      "Procedure { function() local os = { time = function() end } return os.time() end }",
    ],
    [
      "the preparation of a turn",
      'x = Agent { provider = "openai", system_prompt = "", prepare = function() return { now = os.time() } end }',
    ],
  ])("%s", ([, text]) => {
    expectFindings(`${head}${text}`, { only });
  });
});

test.for<[string, string, string]>([
  ["a call without arguments", "local now = os.time()", "local now = Step.checkpoint(os.time)"],
  [
    "a call with arguments",
    'return File.read("a")',
    'return Step.checkpoint(function() return File.read("a") end)',
  ],
  ["a statement", 'Host.call("x")', 'Step.checkpoint(function() Host.call("x") end)'],
])("the fix wraps %s", ([, before, after]) => {
  const { length } = "Procedure { function() ";
  const column = length + (before.search(/[A-Za-z]+\.[a-z]+/) ?? 0);
  const name = /[A-Za-z]+\.[a-z]+/.exec(before)?.[0] ?? "";
  const marker = `${" ".repeat(column)}${"^".repeat(name.length)} nondeterminism`;
  expectFix(`Procedure { function() ${before} end }\n${marker}`, `Procedure { function() ${after} end }`, {
    only,
  });
});

describe("checkpoints that depend on effects", () => {
  test.for([
    {
      name: "under a condition",
      body: `  if math.random() > 0.5 then clerk("a") end
     ^^^^^^^^^^^ nondeterminism
                              ^^^^^ unstable-checkpoint: depends on "math.random"`,
    },
    {
      name: "through locals",
      body: `  local roll = math.random(6)
               ^^^^^^^^^^^ nondeterminism
  local isLucky = roll == 6
  if isLucky then Human.approve({ message = "Go?" }) end
                  ^^^^^^^^^^^^^ unstable-checkpoint`,
    },
    {
      name: "behind a way out",
      body: `  if os.time() > 5 then return end
     ^^^^^^^ nondeterminism
  clerk("a")
  ^^^^^ unstable-checkpoint`,
    },
    {
      name: "as often as a number says",
      body: `  for i = 1, math.random(3) do clerk("a") end
             ^^^^^^^^^^^ nondeterminism
                               ^^^^^ unstable-checkpoint`,
    },
    {
      name: "behind and",
      body: `  local result = File.exists("a") and clerk("a")
                 ^^^^^^^^^^^ nondeterminism
                                      ^^^^^ unstable-checkpoint`,
    },
    {
      name: "by a local that is set under such a condition",
      body: `  local go = false
  if os.time() > 5 then go = true end
     ^^^^^^^ nondeterminism
  if go then Step.checkpoint(function() end) end
             ^^^^^^^^^^^^^^^ unstable-checkpoint`,
    },
    {
      name: "in the other branch",
      body: `  if os.time() > 5 then return 1 else clerk("a") end
     ^^^^^^^ nondeterminism
                                      ^^^^^ unstable-checkpoint`,
    },
  ])("$name", ({ body }) => {
    expectFindings(`${head}Procedure { function()\n${body}\nend }`, { only });
  });

  test.for([
    [
      "a recorded value",
      "local roll = Step.checkpoint(function() return math.random(6) end) if roll > 3 then clerk() end",
    ],
    ["the answer of an agent", "local r = clerk() if r.output == 'x' then clerk() end"],
    ["an input", "if input.x then clerk() end"],
    ["a tool that only computes", "if add({ a = 1 }) > 1 then clerk() end"],
    ["no condition", "local n = Step.checkpoint(os.time) clerk({ message = tostring(n) })"],
  ])("nothing to say: %s", ([, body]) => {
    expectFindings(`${head}Procedure { function(input) ${body} end }`, { only });
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { occurrences } from "#language/semantics/occurrences.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import { markedProject, withRanges } from "#language/semantics/testing/marked-project.ts";

beforeAll(loadSpecificationParser);

/** The files with what is found for the symbol at `<|>`, which must be what stands between `[|` and `|]`. */
function check(source: string | Readonly<Record<string, string>>): void {
  const { project, files, file, offset } = markedProject(source);
  const symbol = symbolAt(file, offset);
  const found = symbol ? occurrences(project, file, symbol) : [];
  for (const { uri, text, ranges } of files) {
    const spans = found
      .filter((each) => each.file.uri === uri)
      .map(({ model, span }) => ({ start: model.offset + span.start, end: model.offset + span.end }));
    expect(withRanges(text, spans), uri).toBe(withRanges(text, ranges));
  }
}

describe("every place of", () => {
  test.for(
    Object.entries({
      "a local with one that shadows it": [
        "local [|a|] = 1",
        "do local a = 2 print(a) end",
        "print([|<|>a|], function() return [|a|] end)",
      ],
      "a parameter and its annotation": [
        "---@param [|name|] string",
        "local function f([|name|]) return [|na<|>me|] end",
        "f(name)",
      ],
      "a global variable": ["[|coun<|>t|] = 1", "function f() [|count|] = [|count|] + 1 end", "x.count = 1"],
      "a global function": ["function [|help|]() end", 'local t = { "help" }', "[|he<|>lp|]()"],
      "a tool, in texts as well": [
        "[|search|] = Tool { description = 'search', function(args) return args end }",
        'Toolset "web" { tools = { [|se<|>arch|] } }',
        "clerk = Agent { system_prompt = 'search', tools = { '[|search|]', other } }",
        "Mocks { [|search|] = { returns = 1 }, clerk = { tool_calls = { { tool = '[|search|]' } } } }",
        "Procedure { function()",
        "  clerk({ tools = { '[|search|]' } })",
        "  if Tool.called('[|search|]') then return [|search|]({}) end",
        "  State.set('search', 1)",
        "end }",
      ],
      "a tool, asked from a text": [
        "[|search|] = Tool { function(args) return args end }",
        "clerk = Agent { system_prompt = '', tools = { '[|sea<|>rch|]' } }",
      ],
      "a toolset, whose name is a text": [
        "Toolset '[|web|]' { tools = {} }",
        "local web = 1",
        "clerk = Agent { system_prompt = '', tools = { '[|w<|>eb|]', { name = '[|web|]', include = { 'x' } } } }",
      ],
      "an agent in a specification": [
        "[|cle<|>rk|] = Agent { system_prompt = '' }",
        "Specification([[",
        "Feature: clerk",
        "  Scenario: clerk",
        '    Given the agent "[|clerk|]" responds with "clerk"',
        "    When the procedure runs",
        "]])",
      ],
      "a tool in a specification": [
        "[|search|] = Tool { input = { query = field.string{} }, function(args) return args.query end }",
        "Specification([[",
        "Feature: f",
        "  Scenario: s",
        "    Then the [|sea<|>rch|] tool should be called with query=1",
        "]])",
      ],
      "an argument of a tool": [
        "search = Tool { input = { [|query|] = field.string{} }, function(args) return args.[|que<|>ry|] end }",
        "local found = search({ [|query|] = 'x' })",
        "Specification([[",
        "Feature: f",
        "  Scenario: s",
        "    Then the search tool should be called with [|query|]=1",
        "]])",
      ],
      "an input of the procedure": [
        "clerk = Agent { system_prompt = 'About {context.[|topic|]} and {input.[|topic|]}', initial_message = 'On {[|topic|]}' }",
        "Procedure {",
        "  input = { [|topic|] = field.string{ description = 'topic' } },",
        "  function(input) local topic = input.[|to<|>pic|] return { topic } end,",
        "}",
        "Specification([[",
        "Feature: f",
        "  Scenario: s",
        '    Given the input [|topic|] is "topic"',
        "]])",
      ],
      "an output of the procedure": [
        "Procedure {",
        "  output = { [|reply|] = field.string{} },",
        "  function(input) if x then return { [|re<|>ply|] = '' } end return { [|reply|] = 'reply' } end,",
        "}",
        "Specification([[",
        "Feature: f",
        "  Scenario: s",
        "    Then the output [|reply|] should exist",
        "]])",
      ],
      "a key of the state": [
        "clerk = Agent { system_prompt = 'So far {state.[|count|]}' }",
        "Procedure {",
        "  state = { [|count|] = field.integer{ default = 0 } },",
        "  function(input)",
        "    state.[|co<|>unt|] = State.get('[|count|]') + 1",
        "    State.increment('[|count|]')",
        "    local t = { count = 1 }",
        "    return t.count",
        "  end,",
        "}",
      ],
      "what a turn is given": [
        "clerk = Agent { system_prompt = 'Today is {input.[|today|]}' }",
        "other = Agent { system_prompt = 'Today is {input.today}' }",
        "Procedure { function(input)",
        "  local today = 1",
        "  clerk({ message = 'go', [|to<|>day|] = today })",
        "  other({ today = today })",
        "end }",
      ],
      "a field of a table": [
        "local M = { [|ad<|>d|] = 1 }",
        "M.other = 1",
        "print(M.[|add|], M['[|add|]'])",
        "local N = { add = 1 }",
        "print(N.add)",
      ],
      "a function of a module table": [
        "local M = {}",
        "function M.[|add|](a) return a end",
        "function M:sub() return self.[|ad<|>d|](1) end",
        "return M",
      ],
      "a label": ["do ::[|again|]:: goto [|ag<|>ain|] end", "do ::again:: goto again end"],
      "a class": [
        "---@class [|Ticket|]",
        "---@field next [|Ticket|]",
        "local first = {}",
        "---@param ticket [|Ti<|>cket|]",
        "---@return [|Ticket|]?",
        "local function f(ticket) return ticket end",
      ],
      "a step of the file": [
        "Step('[|the desk is (\\\\w+)|]', function(ctx, how) end)",
        "Specification([[",
        "Feature: f",
        "  Scenario: s",
        "    Given [|the desk is op<|>en|]",
        "    Then [|the desk is closed|]",
        "]])",
      ],
    }),
  )("%s", ([, lines]) => {
    check(lines.join("\n"));
  });
});

describe("in several files", () => {
  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a function of a module": {
      "sums.tac": "local M = {}\nfunction M.[|add|](a) return a end\nreturn M\n",
      "main.tac": 'local sums = require("sums")\nprint(sums.[|ad<|>d|](1))\n',
      "second.tac": 'local other = require("sums")\nprint(other.[|add|](1))\n',
      "stranger.tac": "local M = {}\nfunction M.add() end\nM.add()\n",
    },
    "a global that a module sets": {
      "shared.tac": "function [|help|]() end\n",
      "main.tac": 'require("shared")\n[|he<|>lp|]()\n',
      "second.tac": 'require("shared")\n[|help|]()\n',
      "stranger.tac": "function help() end\nhelp()\n",
    },
    "a tool that a module declares": {
      "tools.tac": "[|search|] = Tool { function(args) return args end }\n",
      "main.tac":
        'require("tools")\nclerk = Agent { system_prompt = "", tools = { "[|sea<|>rch|]" } }\n[|search|]({})\n',
    },
    "a tool that a module uses and does not declare": {
      "helper.tac": "function help() return [|search|]({}) end\n",
      "main.tac": 'require("helper")\n[|sea<|>rch|] = Tool { function(args) return args end }\n',
    },
    "a module": {
      "sums.tac": "return {}",
      "main.tac": 'local sums = require("[|su<|>ms|]")',
      "second.tac": 'local other = require("[|sums|]")',
      "deep/third.tac": 'local other = require("sums")',
    },
  };
  test.for(Object.entries(cases))("%s", ([, files]) => {
    check(files);
  });
});

test("a name that stands nowhere else, and places without a name", () => {
  check("local [|a<|>|] = 1");
  check("local a = 1 <|>");
  check("-- a comm<|>ent\nlocal comment = 1");
  check('local t = "no na<|>me"');
});

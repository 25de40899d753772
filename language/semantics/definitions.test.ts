import { beforeAll, describe, expect, test } from "vitest";
import { definitionPlaces, implementationPlaces, typePlaces } from "#language/semantics/definitions.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import { markedProject, withRanges } from "#language/semantics/testing/marked-project.ts";

beforeAll(loadSpecificationParser);

type Find = typeof definitionPlaces;
type Source = string | Readonly<Record<string, string>>;

/** From `<|>` the search must lead to exactly what stands between `[|` and `|]`. */
function check(find: Find, source: Source): void {
  const { project, files, file, offset } = markedProject(source);
  const symbol = symbolAt(file, offset);
  const places = symbol ? find(file, symbol, project) : [];
  for (const { uri, text, ranges } of files) {
    const spans = places
      .filter(({ statement }) => statement.uri === uri)
      .map(({ statement, span }) => ({
        start: statement.offset + span.start,
        end: statement.offset + span.end,
      }));
    expect(withRanges(text, spans), uri).toBe(withRanges(text, ranges));
  }
}

describe("definition of", () => {
  const cases: Readonly<Record<string, Source>> = {
    "a local": "local [|a|] = 1\nprint(<|>a)",
    "a global that is set twice": "[|a|] = 1\n[|a|] = 2\nprint(<|>a)",
    "a tool in the list of an agent":
      '[|search|] = Tool { function(args) end }\nclerk = Agent { tools = { "se<|>arch" } }',
    "a handle in the list of an agent":
      "[|search|] = Tool { function(args) end }\nclerk = Agent { tools = { se<|>arch } }",
    "a tool with a name in a field":
      'local s = Tool { name = "[|search|]", function(args) end }\nclerk = Agent { tools = { "se<|>arch" } }',
    "a toolset": 'Toolset "[|web|]" { tools = {} }\nclerk = Agent { tools = { "w<|>eb" } }',
    "an agent that is mocked": '[|clerk|] = Agent {}\nMocks { cl<|>erk = { message = "" } }',
    "a procedure that is called by name":
      'Procedure "[|sum|]" { function(input) end }\nProcedure { function() return Procedure("su<|>m") end }',
    "a question":
      'Hitl("[|ask|]", {})\nProcedure { function() Human.approve({ config_key = "as<|>k" }) end }',
    "an input":
      "Procedure { input = { [|topic|] = field.string{} }, function(input) return input.to<|>pic end }",
    "an input, in a schema of its own":
      "local schema = { [|topic|] = field.string{} }\nProcedure { input = schema, function(i) return i.to<|>pic end }",
    "an input of a script": "input { [|topic|] = field.string{} }\nlocal t = input.to<|>pic\nreturn { t }",
    "an input in a prompt":
      'clerk = Agent { system_prompt = "{context.to<|>pic}" }\nProcedure { input = { [|topic|] = field.string{} }, function() end }',
    "a key of a call in a prompt":
      'clerk = Agent { system_prompt = "{input.to<|>day}" }\nProcedure { function() clerk({ [|today|] = 1 }) end }',
    "a field of the agent's own schema in a prompt":
      'clerk = Agent { input = { [|today|] = field.string{} }, system_prompt = "{input.to<|>day}" }\nProcedure { function() clerk({ today = 1 }) end }',
    "a placeholder of prepare":
      'clerk = Agent { prepare = function() return { [|orders|] = 1 } end, system_prompt = "{prepared.or<|>ders}" }',
    "a key of the state":
      'Procedure { state = { [|count|] = field.integer{} }, function() return State.get("co<|>unt") end }',
    "a key of the state that nothing declares":
      "Procedure { function() state.[|count|] = 1 return state.co<|>unt end }",
    "a key of the state that only a call sets":
      'Procedure { function() State.set("[|count|]", 1) return state.co<|>unt end }',
    "the output of an agent":
      "clerk = Agent { output = { [|score|] = field.number{} } }\nProcedure { function() local r = clerk() return r.output.sc<|>ore end }",
    "a field of a table": "local M = { [|a|] = 1 }\nprint(M.<|>a)",
    "a method": "local M = {}\nfunction M:[|run|]() end\nM:r<|>un()",
    "a label": "goto do<|>ne\n::[|done|]::",
    "a class": "---@class [|Ticket|]\n---@field id string\nlocal a\n---@type Tic<|>ket\nlocal b",
    "a step of the file":
      "Step('[|the desk is (\\\\w+)|]', function() end)\nSpecification([[\nFeature: f\n Scenario: s\n  Given the de<|>sk is open\n]])",
    "an agent in a step":
      '[|clerk|] = Agent {}\nSpecification([[\nFeature: f\n Scenario: s\n  Given the agent "cl<|>erk" responds with "x"\n]])',
    "a word of the language": "print(Sta<|>te)",
    "an environment variable, which is defined nowhere": 'clerk = Agent { system_prompt = "{env.HO<|>ME}" }',
    "a function of a module": {
      "sums.tac": "local M = {}\nfunction M.[|add|]() end\nreturn M",
      "main.tac": 'local sums = require("sums")\nsums.a<|>dd()',
    },
    "a tool of a module, by its name": {
      "tools.tac": 'return Tool { name = "[|search|]", function(args) end }',
      "main.tac": 'local search = require("tools")\nclerk = Agent { tools = { "sea<|>rch" } }',
    },
    "a global of a module": {
      "tools.tac": "[|search|] = Tool { function(args) end }",
      "main.tac": 'require("tools")\nsea<|>rch({})',
    },
  };
  test.for(Object.entries(cases))("%s", ([, source]) => {
    check(definitionPlaces, source);
  });
});

describe("type definition of", () => {
  const cases: Readonly<Record<string, Source>> = {
    "an agent in a local": "[|clerk|] = Agent {}\nlocal c = clerk\nprint(<|>c)",
    "inputs as a whole":
      "Procedure { input = { [|topic|] = field.string{}, n = field.number{} }, function(inp<|>ut) return input end }",
    "a value of a class":
      "---@class Ticket\n---@field [|id|] string\nlocal T = {}\n---@param ticket Ticket\nlocal function f(ticket) return ti<|>cket end",
  };
  test.for(Object.entries(cases))("%s", ([, source]) => {
    check(typePlaces, source);
  });
});

describe("implementation of", () => {
  const cases: Readonly<Record<string, Source>> = {
    "a tool, from its name in a text":
      'search = Tool { [|function|](args) end }\nclerk = Agent { tools = { "se<|>arch" } }',
    "a tool of older form": "search = Tool { handler = [|function|](args) end }\nsea<|>rch({})",
    "a procedure": 'sum = Procedure "sum" { [|function|](input) end }\nsu<|>m({})',
    "a function": "local [|function|] f() end\nlocal g = f\n<|>g()",
    "a step":
      "Step('the desk', [|function|]() end)\nSpecification([[\nFeature: f\n Scenario: s\n  Given the de<|>sk\n]])",
  };
  test.for(Object.entries(cases))("%s", ([, source]) => {
    check(implementationPlaces, source);
  });
});

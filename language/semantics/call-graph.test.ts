import { beforeAll, describe, expect, test } from "vitest";
import { calleesOf, callersOf, callNodeAt } from "#language/semantics/call-graph.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

beforeAll(loadSpecificationParser);

type Source = string | Readonly<Record<string, string>>;

/** Who calls what stands at `<|>`, and what it calls: `kind name`, once for each call. */
function calls(source: Source): { node: string; callers: string[]; callees: string[] } {
  const { project, file, offset } = markedProject(source);
  const node = callNodeAt(project, file, offset);
  if (!node) return { node: "nothing", callers: [], callees: [] };
  return {
    node: `${node.kind} ${node.name}`,
    callers: callersOf(project, node).map(({ from }) => `${from.kind} ${from.name}`),
    callees: calleesOf(project, node).map(({ to }) => `${to.kind} ${to.name}`),
  };
}

const desk = [
  "local function clean(text) return text end",
  "find = Tool { function(args) return clean(args.q) end }",
  'clerk = Agent { tools = { find, "find" } }',
  'sub = Procedure "sub" { function(input) return clerk({ tools = { find } }) end }',
  "Procedure { function(input)",
  "  local result = sub({})",
  '  if Tool.called("find") then return clerk() end',
  "end }",
  "Mocks { clerk = { message = '' }, find = { returns = 1 } }",
  "Specification([[\nFeature: f\n  Scenario: s\n    Then the find tool should be called\n]])",
].join("\n");

const at = (name: string): string => desk.replace(name, `<|>${name}`);

describe("a desk", () => {
  test("the tool: who has it, what its function calls", () => {
    expect(calls(at("find ="))).toEqual({
      node: "tool find",
      callers: ["agent clerk", "agent clerk", "procedure sub", "procedure main"],
      callees: ["function clean"],
    });
  });
  test("the agent", () => {
    expect(calls(at("clerk ="))).toEqual({
      node: "agent clerk",
      callers: ["procedure sub", "procedure main"],
      callees: ["tool find", "tool find"],
    });
  });
  test("the main procedure", () => {
    expect(calls(at("Procedure { function"))).toEqual({
      node: "procedure main",
      callers: [],
      callees: ["procedure sub", "tool find", "agent clerk"],
    });
  });
  test("a function", () => {
    expect(calls(at("clean(text)"))).toEqual({ node: "function clean", callers: ["tool find"], callees: [] });
  });
  test("from a use, and from a place inside of it", () => {
    expect(calls(at("clerk({ tools")).node).toBe("agent clerk");
    expect(calls(at("return clean")).node).toBe("tool find");
  });
});

test("functions of a module, in both directions", () => {
  const files = {
    "main.tac": 'local help = require("help")\nProcedure { function() return help.<|>load(1) end }',
    "help.tac":
      "local M = {}\nlocal function open(a) return a end\nfunction M.load(a) return open(a) end\nreturn M",
  };
  expect(calls(files)).toEqual({
    node: "function load",
    callers: ["procedure main"],
    callees: ["function open"],
  });
});

test("the lines of a script call as well", () => {
  expect(calls("clerk = Agent {}\nlocal r = cler<|>k()\nreturn { r }").callers).toEqual(["script main.tac"]);
});

test("nothing where nothing is called", () => {
  expect(calls("local x<|> = 1").node).toBe("nothing");
});

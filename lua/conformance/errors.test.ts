import { describe, expect, test } from "vitest";
import { LuaError, type LuaFunction, type LuaValue } from "../engine.ts";
import { createSyntaxCheck } from "../wasm/syntax-check.ts";
import { engines, failure, offer, options, run } from "./engines.ts";

class ToolError extends LuaError {}

describe.each(engines)("errors of $name", ({ create }) => {
  test("carry text, position and traceback", () => {
    const error = failure(create(options()), "local function inner()\n  error('broken')\nend\n\ninner()");
    expect(error).toMatchObject({
      kind: "runtime",
      message: "test.tac:2: broken",
      value: undefined,
      position: { chunk: "test.tac", line: 2 },
    });
    expect(error.traceback).toMatch(/test\.tac:5/);
  });

  test("name the line of the procedure when library code raises", () => {
    const engine = create(options());
    engine.globals.set("library", engine.load("error('from the library', 0)", "=library"));
    expect(failure(engine, "\n\nlocal x = library()").position).toEqual({ chunk: "test.tac", line: 3 });
  });

  test.each([
    ["error({code = 5})", "(error object without a text)"],
    ["error({code = 5, message = 'what happened'})", "what happened"],
    ["error(setmetatable({code = 5}, {__tostring = function(e) return 'code ' .. e.code end}))", "code 5"],
    [
      "error(setmetatable({code = 5}, {__tostring = function() error('again') end}))",
      "(error object without a text)",
    ],
  ])("keep the table of %s", (program, message) => {
    const error = failure(create(options()), program);
    expect(error.message).toBe(message);
    if (typeof error.value !== "object" || error.value.kind !== "table") throw new Error("no table");
    expect(error.value.get("code")).toBe(5);
  });

  test.each([
    ["return 1 +", 1, "test.tac:1: unexpected symbol near <eof>"],
    ["x = 1\ny = = 2", 2, "test.tac:2: unexpected symbol near '='"],
    ["goto nowhere", 1, "no visible label 'nowhere'"],
  ])("of syntax: %s", (program, line, text) => {
    const error = failure(create(options()), program);
    expect(error).toMatchObject({ kind: "syntax", position: { chunk: "test.tac", line } });
    expect(error.message).toContain(text);
  });

  test("of host functions keep their text, and their class as the cause", () => {
    const engine = create(options());
    offer(engine, {
      tool: () => {
        throw new ToolError("the tool is busy");
      },
    });
    const error = failure(engine, "\ntool()");
    expect(error).toMatchObject({ message: "the tool is busy", position: { chunk: "test.tac", line: 2 } });
    expect(error.cause).toBeInstanceOf(ToolError);
    expect(run(engine, "return pcall(tool)")).toBe('[false,"the tool is busy"]');
  });

  test("keep where they began when they cross the host", () => {
    const engine = create(options());
    offer(engine, { through: (call) => asFunction(call.argument(1)).call() });
    const error = failure(
      engine,
      "through(function()\n  through(function()\n    error('deep')\n  end)\nend)",
    );
    expect(error).toMatchObject({ message: "test.tac:3: deep", position: { chunk: "test.tac", line: 3 } });
  });

  test("keep their table when they cross the host", () => {
    const engine = create(options());
    offer(engine, { through: (call) => asFunction(call.argument(1)).call() });
    const program = `
      local mine = {}
      local done, problem = pcall(through, function() through(error, mine) end)
      local raised = not pcall(through, function() error(mine) end)
      return done, problem == nil, raised, select(2, pcall(through, function() error(mine) end)) == mine`;
    expect(run(engine, program)).toBe("[false,false,true,true]");
  });

  test("of a table that left Lua can be raised again", () => {
    const engine = create(options());
    const { value } = failure(engine, "kept = {} error(kept)");
    offer(engine, {
      again: () => {
        throw new LuaError("again", { value });
      },
    });
    expect(run(engine, "local _, e = pcall(again) return e == kept")).toBe("[true]");
  });

  test("that were caught leave nothing behind", () => {
    const engine = create(options());
    offer(engine, {
      tool: () => {
        throw new ToolError("busy");
      },
    });
    const error = failure(engine, "pcall(tool)\nerror('later', 0)");
    expect(error).toMatchObject({ message: "later", position: { line: 2 } });
    expect(error.cause).toBeUndefined();
  });
});

function asFunction(value: LuaValue): LuaFunction {
  if (typeof value === "object" && value.kind === "function") return value;
  throw new Error("no function");
}

describe("the syntax check", async () => {
  const check = await createSyntaxCheck();

  test.each([
    ["return 1", undefined],
    ["local x <const> = 1", undefined],
    ["x = 1\ny = = 2", { line: 2, message: "unexpected symbol near '='" }],
    ["local x <const> = 1\nx = 2", { line: 2, message: "attempt to assign to const variable 'x'" }],
    ["for", { line: 1, message: "<name> expected near <eof>" }],
    ["\x1bLua", { line: 1, message: expect.stringContaining("attempt to load a binary chunk") }],
  ])("%j", (source, problem) => {
    expect(check(source)).toEqual(problem);
  });
});

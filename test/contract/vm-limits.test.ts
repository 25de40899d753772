import { expect, test } from "vitest";
import { openDesk } from "./studio.ts";

/** What a procedure does to its VM ends with an error of Lua, or of the limit, at the line that did it. */
test.for([
  ["deep recursion", "local function f() return 1 + f() end f()", "lua-error", "stack overflow"],
  [
    "coroutines in coroutines",
    "local function f() return coroutine.wrap(f)() end f()",
    "lua-error",
    "C stack",
  ],
  [
    "recursion of a substitution",
    'local function f(s) return (s:gsub(".", f)) end f("a")',
    "lua-error",
    "C stack",
  ],
  [
    "recursion of a metamethod",
    "local m = {} m.__index = function(t, k) return setmetatable({}, m)[k] end local x = setmetatable({}, m).a",
    "lua-error",
    "C stack",
  ],
  [
    "many coroutines",
    "local t = {} for i = 1, 1e9 do t[i] = coroutine.create(print) end",
    "limit-memory",
    "",
  ],
  ["a text that is too long", 'local s = ("x"):rep(1e10)', "lua-error", "too large"],
  ["a text beyond the memory", 'local s = ("x"):rep(1e9)', "limit-memory", ""],
  ["a huge width", 'local s = ("%999999999d"):format(1)', "lua-error", "invalid conversion"],
  ["very many values", "local a = table.unpack({}, 1, 1e8)", "lua-error", "too many results"],
  ["a pattern that backtracks", 'string.find(("a"):rep(60), ("a*"):rep(20) .. "b")', "limit-time", ""],
  ["a search", '("a"):rep(4e6):find(("a"):rep(2e6) .. "b", 1, true)', "limit-time", ""],
  ["repeating nothing", 'local s = (""):rep(1e15)', "limit-time", ""],
  ["a comparison", "table.sort({ 3, 1, 2 }, function() while true do end end)", "limit-time", ""],
  ["an endless error", 'error(("E"):rep(2e7))', "lua-error", "16384|more characters"],
] as const)("%s", async ([, work, code, message]) => {
  using desk = openDesk({
    "a.tac": `Procedure { function()\n  local ready = true\n  ${work}\nend }\n`,
    "home/.tactus/config.yml": `sandbox: { timeout: ${code === "limit-time" ? 1 : 60}, limits: { memory: 256m } }\n`,
  });
  const { stdout, code: exitCode } = await desk.studio(["run", "a.tac", "--isolation", "embedded", "--json"]);
  const end = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
  expect(end).toMatchObject({
    type: "run.finished",
    error: { code, file: "a.tac", line: 3, message: expect.stringMatching(message) },
  });
  expect(end.error.message.length).toBeLessThan(17_000);
  expect(exitCode).toBe(code === "lua-error" ? 1 : 4);
});

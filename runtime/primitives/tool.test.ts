import { expect, test } from "vitest";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const add =
  "add = Tool { description = 'Add', input = {a = field.number{required = true}}, function(args) return args.a + 1 end }";

const cases: readonly ProgramCase[] = [
  {
    name: "dot and colon forms",
    declare: add,
    body: "add({a = 1}); add:call({a = 2}); add.call({a = 3}); return {add.call_count(), add:call_count(), add.called(), add:last_result()}",
    result: [3, 3, true, 4],
  },
  {
    name: "calls are remembered as they were",
    declare: add,
    body: "add({a = 2.0}); local c = add.last_call(); return {c.name, tostring(c.args.a), tostring(c.result)}",
    result: ["add", "2.0", "3.0"],
  },
  {
    name: "the functions of Tool",
    declare: add,
    body: "add({a = 1}); return {Tool.called('add'), Tool.last_result('add'), Tool.get_call_count(), #Tool.get_all_calls(), Tool('add').name, Tool.get('add') == add}",
    result: [true, 2, 1, 1, "add", true],
  },
  {
    name: "reset forgets one tool or all",
    declare: add,
    body: "add({a = 1}); add.reset(); local one = add.called(); add({a = 1}); Tool.reset(); return {one, add.called(), add.last_call() == nil}",
    result: [false, false, true],
  },
  {
    name: "the table itself is passed and returned",
    declare: "same = Tool { input = {}, function(args) args.seen = true; return args end }",
    body: "local t = {}; return {same(t) == t, t.seen}",
    result: [true, true],
  },
  {
    name: "no argument is an empty table",
    declare: "count = Tool { input = {}, function(args) return type(args) end }",
    body: "return count()",
    result: "table",
  },
  {
    name: "a failed call is not remembered",
    declare: "bad = Tool { input = {}, function() error('broke', 0) end }",
    body: "local ok, e = pcall(bad, {}); return {ok, e, bad.call_count()}",
    result: [false, "broke", 0],
  },
  {
    name: "a mock answers a direct call",
    declare: `${add}\nMocks { add = { returns = 41 } }`,
    body: "return add({a = 1})",
    result: 41,
  },
  {
    name: "a mock that fails",
    declare: `${add}\nMocks { add = { error = "down" } }`,
    body: "return add({a = 1})",
    fails: /^down$/,
  },
  {
    name: "done of the standard library",
    declare: 'local done = require("tactus.tools.done")',
    body: "return {done({reason = 'ok'}), done.last_result().status, done.called()}",
    result: [{ status: "completed", reason: "ok", tool: "done" }, "completed", true],
  },
  {
    name: "an unknown name",
    declare: add,
    body: "Tool('sub')",
    fails: /Tool 'sub' not defined\. Available tools: add/,
  },
  {
    name: "a declaration inside the body",
    body: "local t = Tool { input = {}, function() end }",
    fails: /declare tools at the top/,
  },
  {
    name: "an explicit name must be the variable's",
    declare: "x = Tool { name = 'y', input = {}, function() end }",
    body: "return 1",
    fails: /Tool name mismatch/,
  },
  {
    name: "a function and use together",
    declare: "x = Tool { use = 'broker.a', function() end }",
    body: "return 1",
    fails: "declaration-invalid",
  },
  {
    name: "curried syntax",
    declare: "Tool 'x' { function() end }",
    body: "return 1",
    fails: /Curried Tool syntax/,
  },
  {
    name: "an external source, declared",
    declare: "x = Tool { use = 'mcp.files' }",
    body: "return x.name",
    result: "x",
  },
  {
    name: "an external source, used",
    declare: "x = Tool { use = 'mcp.files' }",
    body: "return x({})",
    fails: /there is nothing behind 'mcp\.files'/,
  },
  { name: "a handle in a result is its name", declare: add, body: "return {t = add}", result: { t: "add" } },
  {
    name: "a second assignment takes the name too",
    declare: `${add}\nadd = Tool { input = {}, function() return "second" end }`,
    body: "return {add({}), add.name, Tool('add')({})}",
    result: ["second", "add", "second"],
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("a direct call is two events with the line of the call, and a checkpoint", () => {
  const { events } = expectProgram({ name: "", declare: add, body: "\nreturn add({a = 1})", result: 2 });
  const call = {
    call: 1,
    tool: "add",
    zone: "lua",
    arguments: { a: 1 },
    by: "procedure",
    at: { file: "main.tac", line: 4 },
  };
  expect(events).toMatchObject([
    { type: "tool.called", ...call },
    { type: "tool.returned", ...call, result: 2 },
    { type: "checkpoint", kind: "tool", name: "add", value: 2 },
  ]);
});

test("a host tool goes to the broker under its own name", () => {
  const declare = "ping = Tool { use = 'broker.host.ping', input = {} }";
  const answered = expectProgram({
    name: "",
    declare,
    body: "return ping({value = 1}).value",
    options: { answers: { "host.call": (params) => ({ result: params["arguments"] ?? null }) } },
    result: 1,
  });
  expect(answered.requests).toMatchObject([
    { method: "host.call", params: { tool: "host.ping", arguments: { value: 1 }, by: "procedure" } },
  ]);
  expect(answered.events).toMatchObject([
    { tool: "ping", zone: "host" },
    { tool: "ping", zone: "host" },
    { type: "checkpoint", kind: "tool", name: "ping" },
  ]);
  const refuse = (): never => {
    throw new RequestRefused("tool-denied", "Tool not allowlisted: host.ping");
  };
  const denied = expectProgram({
    name: "",
    declare,
    body: "return ping({})",
    options: { answers: { "host.call": refuse } },
    fails: "tool-denied",
  });
  expect(denied.events[1]).toMatchObject({ type: "tool.returned", error: { code: "tool-denied" } });
});

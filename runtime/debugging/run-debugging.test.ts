import { expect, test } from "vitest";
import { RequestRefused } from "../ports.ts";
import { type RunSourceOptions, type RunSourceResult, runSource } from "../testing/run-source.ts";
import { type DebugScript, ScriptedDebugger } from "../testing/scripted-debugger.ts";

interface Debugged extends RunSourceResult {
  readonly person: ScriptedDebugger;
}

function debug(source: string, script: DebugScript, options: RunSourceOptions = {}): Debugged {
  const person = new ScriptedDebugger(script);
  const run = runSource(source, { ...options, debug: person });
  if (person.failure !== undefined) throw person.failure;
  return { ...run, person };
}

const file = "main.tac";

test("a breakpoint stops, shows the stack and the values, and the run goes on", () => {
  const source = `Procedure { function(input)
  local sum = 0
  for i = 1, 3 do
    sum = sum + i
  end
  return sum
end }`;
  const { finished, person } = debug(source, function* (d) {
    const { breakpoints } = yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 7, line: 5 }] });
    expect(breakpoints).toEqual([{ id: 7, verified: true, line: 6 }]);
    yield* d.do("begin", { stopOnEntry: false });
    expect(d.stopped).toMatchObject({ reason: "breakpoint", breakpoints: [7], at: { file, line: 6 } });
    const { frames } = yield* d.do("stack", { thread: 1 });
    expect(frames[0]).toMatchObject({ file, line: 6, kind: "procedure" });
    const { scopes } = yield* d.do("scopes", { frame: frames[0]?.id ?? 0 });
    const locals = scopes.find(({ kind }) => kind === "locals");
    const { variables } = yield* d.do("variables", { reference: locals?.reference ?? 0 });
    expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual(["input={}", "sum=6"]);
    yield* d.do("continue", {});
  });
  expect(finished).toMatchObject({ status: "completed", result: 6 });
  expect(person.standing).toEqual([true, false, true, false]);
});

/** Where a script stopped, as `reason:line`. */
const places = (person: ScriptedDebugger): string[] =>
  person.stops.map(({ reason, at }) => `${reason}:${at?.line}`);

const walk = `local function add(a, b)
  local sum = a + b
  return sum
end
helper = Tool { description = "adds", input = {}, function(given)
  local doubled = given.n * 2
  return doubled
end }
local function body(n)
  local got = coroutine.yield(n)
  return got
end
local function less(l, r)
  return l < r
end
Procedure { function(input)
  local first = add(1, 2)
  local co = coroutine.wrap(body)
  local a = co(5)
  local sorted = { 2, 1 }
  table.sort(sorted, less)
  local b = helper({ n = 4 })
  co(6)
  return first
end }`;

test.each([
  { name: "over", from: 17, steps: ["over", "over", "over"], stops: ["step:18", "step:19", "step:20"] },
  { name: "in and out", from: 17, steps: ["in", "over", "out"], stops: ["step:2", "step:3", "step:18"] },
  { name: "into a coroutine", from: 19, steps: ["in", "over"], stops: ["step:10", "step:11"] },
  { name: "out of a coroutine that yields", from: 10, steps: ["out"], stops: ["step:20"] },
  { name: "over the end of a coroutine", from: 11, steps: ["over"], stops: ["step:24"] },
  { name: "over a coroutine", from: 19, steps: ["over"], stops: ["step:20"] },
  { name: "into the comparator of a sort", from: 21, steps: ["in", "out"], stops: ["step:14", "step:22"] },
  { name: "over a callback", from: 21, steps: ["over"], stops: ["step:22"] },
  { name: "over a tool", from: 22, steps: ["over", "over"], stops: ["step:23", "step:24"] },
  {
    name: "into a tool and out",
    from: 22,
    steps: ["in", "over", "out"],
    stops: ["step:6", "step:7", "step:23"],
  },
] as const)("steps go $name", ({ from, steps, stops }) => {
  const { person, finished } = debug(walk, function* (d) {
    yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 1, line: from }] });
    yield* d.do("begin", { stopOnEntry: false });
    yield* d.do("set-breakpoints", { file, breakpoints: [] });
    for (const to of steps) yield* d.do("step", { thread: d.stopped?.thread ?? 1, to });
  });
  expect(finished.result).toBe(3);
  expect(places(person).slice(1)).toEqual(stops);
});

test("the first line, run to the cursor and a pause from outside stop", () => {
  const { person } = debug(
    walk,
    function* (d) {
      yield* d.do("begin", { stopOnEntry: true });
      yield* d.do("run-to", { file, line: 20 });
      d.mail.push({ command: "pause", params: {} });
      yield* d.do("continue", {});
    },
    {},
  );
  expect(places(person).slice(0, 2)).toEqual(["entry:4", "run-to:20"]);
  const endless = debug(
    "Procedure { function() local n = 0\n while n < 100000 do n = n + 1 end\n return n end }",
    function* (d) {
      d.mail.push({ command: "pause", params: {} });
      yield* d.do("begin", { stopOnEntry: false });
      expect(d.stopped).toMatchObject({ reason: "pause", at: { line: 2 } });
    },
  );
  expect(endless.finished.result).toBe(100000);
});

const loop = `Procedure { function()
  local t = { n = 0 }
  for i = 1, 10 do
    t.n = t.n + i
  end
  return t.n
end }`;

test.each([
  { name: "a condition", breakpoint: { condition: "i == 3" }, stops: 1 },
  { name: "a count", breakpoint: { hitCondition: "4" }, stops: 1 },
  { name: "at least a count", breakpoint: { hitCondition: ">= 9" }, stops: 2 },
  { name: "each so many", breakpoint: { hitCondition: "% 5" }, stops: 2 },
  { name: "both", breakpoint: { condition: "i > 5", hitCondition: "2" }, stops: 1 },
  {
    name: "a condition that fails",
    breakpoint: { condition: "i + {}" },
    stops: 10,
    text: /can't be evaluated/,
  },
  { name: "a count that is none", breakpoint: { hitCondition: "often" }, stops: 10, text: /no hit count/ },
])("a breakpoint with $name", ({ breakpoint, stops, text }) => {
  const { person } = debug(loop, function* (d) {
    yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 1, line: 4, ...breakpoint }] });
  });
  expect(person.stops).toHaveLength(stops);
  if (text) expect(person.stopped?.text).toMatch(text);
});

test("a log point tells its text and never stops", () => {
  const { person } = debug(loop, function* (d) {
    const logMessage = "i is {i}, t is {t}, broken {nil + 1}";
    yield* d.do("set-breakpoints", {
      file,
      breakpoints: [{ id: 1, line: 4, logMessage, condition: "i < 3" }],
    });
  });
  expect(person.stops).toHaveLength(0);
  expect(person.notices.filter(({ notice }) => notice === "logged")).toEqual([
    {
      notice: "logged",
      text: expect.stringContaining("i is 1, t is {n = 0}, broken {attempt"),
      at: { file, line: 4 },
    },
    { notice: "logged", text: expect.stringContaining("i is 2, t is {n = 1}"), at: { file, line: 4 } },
  ]);
});

test("breakpoints in a module are placed when it is loaded, by what is known before too", () => {
  const modules = {
    "lib.part": { file: "lib/part.tac", source: "local M = {}\nfunction M.f()\n  return 1\nend\nreturn M" },
  };
  const source = `local part = require("lib.part")
Procedure { function() return part.f() end }`;
  const { person } = debug(
    source,
    function* (d) {
      const known = yield* d.do("set-breakpoints", {
        file: "lib/part.tac",
        breakpoints: [{ id: 1, line: 3 }],
      });
      const unknown = yield* d.do("set-breakpoints", {
        file: "other.tac",
        breakpoints: [{ id: 2, line: 1 }],
      });
      expect(known.breakpoints).toEqual([{ id: 1, verified: true, line: 3 }]);
      expect(unknown.breakpoints).toMatchObject([{ id: 2, verified: false }]);
      expect(yield* d.do("breakpoint-lines", { file, line: 1, endLine: 9 })).toEqual({ lines: [1, 2] });
      yield* d.do("begin", { stopOnEntry: false });
      expect(d.stopped?.at).toEqual({ file: "lib/part.tac", line: 3 });
      expect(yield* d.do("sources", {})).toEqual({ files: [file, "lib/part.tac"] });
    },
    { modules },
  );
  expect(person.notices).toContainEqual({
    notice: "source",
    file: "lib/part.tac",
    breakpoints: [{ id: 1, verified: true, line: 3 }],
  });
});

const workflow = `helper = Tool { description = "adds", input = { n = field.number{} }, function(given)
  return given.n + 1
end }
worker = Agent { model = "openai/gpt-4o", system_prompt = "x", tools = { "helper" } }
sub = Procedure { function() return "sub" end }
main = Procedure {
  state = { count = field.number{ default = 0 } },
  function(input)
    local got = helper({ n = 1 })
    State.count = got
    local answer = worker({ message = "go" })
    local same = sub({})
    return Checkpoint and got or got
  end
}`;

test("a tool stops before it is called, and its arguments can be changed", () => {
  const { finished, events, person } = debug(
    workflow,
    function* (d) {
      yield* d.do("set-name-breakpoints", { breakpoints: [{ id: 3, name: "helper", of: "tool" }] });
      yield* d.do("begin", { stopOnEntry: false });
      expect(d.stopped).toMatchObject({
        reason: "name",
        breakpoints: [3],
        at: { file, line: 9 },
        tool: { tool: "helper", arguments: { n: 1 }, by: "procedure" },
      });
      yield* d.do("set-arguments", { arguments: { n: 41 } });
      yield* d.do("continue", {});
    },
    { mock: true },
  );
  expect(finished.result).toBe(42);
  expect(events.find(({ type }) => type === "tool.called")).toMatchObject({ arguments: { n: 41 } });
  expect(person.stops).toHaveLength(1);
});

test("agents, procedures, checkpoints and keys of the state stop by their names", () => {
  const { person } = debug(
    workflow,
    function* (d) {
      yield* d.do("set-name-breakpoints", {
        breakpoints: [
          { id: 1, name: "worker", of: "any" },
          { id: 2, name: "*", of: "procedure" },
        ],
      });
      yield* d.do("set-checkpoint-breakpoints", { breakpoints: [{ id: 3, kind: "turn" }] });
      yield* d.do("set-state-breakpoints", { breakpoints: [{ id: 4, key: "count", condition: "got == 2" }] });
    },
    { mock: true },
  );
  expect(person.stops.map(({ reason, breakpoints, at }) => [reason, breakpoints, at?.line])).toEqual([
    ["name", [2], undefined],
    ["state", [4], 10],
    ["name", [1], 11],
    ["checkpoint", [3], 11],
    ["name", [2], 12],
  ]);
  expect(person.stops[1]?.state).toEqual({ key: "count", before: 0, after: 2 });
  expect(person.stops[3]?.checkpoint).toEqual({ index: 2, kind: "turn", name: "worker" });
});

test.each([
  { filter: "all", stops: ["all:2:true", "all:7:false"] },
  { filter: "uncaught", stops: ["uncaught:7:false"] },
  { filter: "tool", stops: ["tool:5:true"] },
] as const)("errors stop by the filter $filter", ({ filter, stops }) => {
  const source = `failing = Tool { description = "fails", input = {}, function()
  error("broken", 0)
end }
Procedure { function()
  pcall(function() failing({}) end)
  local t = nil
  return t.x
end }`;
  const { person } = debug(source, function* (d) {
    yield* d.do("set-exception-breakpoints", { breakpoints: [{ filter }] });
  });
  expect(person.stops.map(({ failure, at }) => `${failure?.filter}:${at?.line}:${failure?.caught}`)).toEqual(
    stops,
  );
});

test("a model that fails, an output that does not fit and a person who refuses stop", () => {
  const source = `writer = Agent { model = "openai/gpt-4o", system_prompt = "x", output = { n = field.number{ required = true } } }
Procedure { function()
  pcall(function() writer({ message = "one" }) end)
  pcall(function() writer({ message = "two" }) end)
  return Human.approve({ message = "Do it?" })
end }`;
  let asked = 0;
  const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
  const { person } = debug(
    source,
    function* (d) {
      const filters = ["model", "output", "human"] as const;
      yield* d.do("set-exception-breakpoints", { breakpoints: filters.map((filter) => ({ filter })) });
    },
    {
      answers: {
        "model.generate": () => {
          if (++asked === 1) throw new RequestRefused("model-failed", "no model");
          return { text: "prose", toolCalls: [], usage, finish: "stop" };
        },
        "human.ask": () => ({ value: false, by: "person" }),
      },
    },
  );
  expect(person.stops.map(({ failure, at }) => [failure?.filter, at?.line])).toEqual([
    ["model", 3],
    ["output", 4],
    ["human", 5],
  ]);
});

test("values have previews, parts by page, and can be set", () => {
  const source = `worker = Agent { model = "openai/gpt-4o", system_prompt = "x" }
Procedure { function(input)
  local list, map = {}, { name = "n", ["two words"] = 2, [true] = 3 }
  for i = 1, 2500 do list[i] = i end
  local answer = worker({ message = "hi" })
  local text, float, whole = "a\tb", 2.0, 3
  State.kept = { deep = { 1 } }
  return { whole, float, map.name, State.kept.deep[1], list[2] }
end }`;
  const { finished } = debug(
    source,
    function* (d) {
      yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 1, line: 8 }] });
      yield* d.do("begin", { stopOnEntry: false });
      const { frames } = yield* d.do("stack", { thread: 1 });
      const frame = frames[0]?.id ?? 0;
      const { scopes } = yield* d.do("scopes", { frame });
      expect(scopes.map(({ kind }) => kind)).toEqual(
        ["locals", "upvalues", "state", "input", "globals"].filter((kind) =>
          scopes.some((scope) => scope.kind === kind),
        ),
      );
      const locals = scopes[0]?.reference ?? 0;
      const { variables } = yield* d.do("variables", { reference: locals });
      const shown = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
      expect(shown).toMatchObject({
        list: "{1, 2, 3, 4, 5, …}",
        map: '{name = "n", [true] = 3, ["two words"] = 2}',
        text: '"a\\tb"',
        float: "2.0",
        whole: "3",
        answer: 'result "Mocked response from worker"',
      });
      const list = variables.find(({ name }) => name === "list");
      expect(list).toMatchObject({ indexed: 2500, named: 0, evaluateName: "list" });
      const page = { reference: list?.reference ?? 0, filter: "indexed", start: 2000, count: 2 } as const;
      expect((yield* d.do("variables", page)).variables).toMatchObject([
        { name: "[2001]", value: "2001", evaluateName: "list[2001]" },
        { name: "[2002]", value: "2002" },
      ]);
      const agent = yield* d.do("evaluate", { expression: "worker", frame, purpose: "hover" });
      expect(agent).toMatchObject({ value: "agent worker", type: "agent" });
      const parts = yield* d.do("variables", { reference: agent.reference });
      const messages = parts.variables.find(({ name }) => name === "messages");
      expect(messages).toMatchObject({ indexed: 2 });

      expect(
        yield* d.do("set-variable", { reference: locals, name: "whole", value: "whole * 10" }),
      ).toMatchObject({ value: "30" });
      expect(
        yield* d.do("set-variable", { reference: list?.reference ?? 0, name: "[2]", value: "'two'" }),
      ).toMatchObject({ value: '"two"' });
      const state = scopes.find(({ kind }) => kind === "state")?.reference ?? 0;
      yield* d.do("set-variable", { reference: state, name: "kept", value: "{ deep = { 9 } }" });
      yield* d.do("set-expression", { expression: "map.name", frame, value: "'changed'" });
      expect(yield* d.do("set-variable", { reference: locals, name: "whole", value: "nil +" })).toMatchObject(
        { refused: "value-invalid" },
      );
      yield* d.do("continue", {});
    },
    { mock: true },
  );
  expect(finished.result).toEqual([30, 2, "changed", 9, "two"]);
});

test("expressions: a hover changes nothing, the console may, nothing reaches outside", () => {
  const { finished, requests } = debug(
    workflow,
    function* (d) {
      yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 1, line: 10 }] });
      yield* d.do("begin", { stopOnEntry: false });
      const { frames } = yield* d.do("stack", { thread: 1 });
      const frame = frames[0]?.id ?? 0;
      const ask = (expression: string, purpose: "hover" | "repl" | "clipboard") =>
        d.do("evaluate", { expression, frame, purpose });
      expect(yield* ask("got + 1", "hover")).toMatchObject({ value: "3" });
      expect(yield* ask("helper({ n = 1 })", "hover")).toMatchObject({ refused: "has-side-effects" });
      expect(yield* ask("helper({ n = 1 })", "repl")).toMatchObject({
        refused: "evaluation-failed",
        message: /* of a checkpoint */ expect.stringMatching(/can't reach outside/),
      });
      expect(yield* ask("File.read('x')", "repl")).toMatchObject({ refused: "evaluation-failed" });
      expect(yield* ask("got = 5", "repl")).toMatchObject({ value: "nil" });
      expect(yield* ask("{ a = { 1, 2 } }", "clipboard")).toMatchObject({
        value: '{\n  "a": [\n    1,\n    2\n  ]\n}',
      });
      expect(yield* ask("nowhere.x", "hover")).toMatchObject({ refused: "evaluation-failed" });
      const { items } = yield* d.do("complete", { text: "local x = State.co", frame });
      expect(items).toContainEqual({ label: "count", type: "number" });
      const names = yield* d.do("complete", { text: "go", frame });
      expect(names.items).toContainEqual({ label: "got", type: "number" });
    },
    { mock: true },
  );
  expect(finished.result).toBe(5);
  expect(requests).toEqual([]);
});

test("coroutines and procedures of other files are threads", () => {
  const programs = [
    {
      from: file,
      name: "other.tac",
      file: "other.tac",
      source: "Procedure { function()\n  local inner = 1\n  return inner\nend }",
      modules: {},
    },
  ];
  const source = `Procedure { function()
  local co = coroutine.create(function() coroutine.yield(1) end)
  coroutine.resume(co)
  return Procedure.run("other.tac", {})
end }`;
  const { person, finished } = debug(
    source,
    function* (d) {
      yield* d.do("set-breakpoints", { file: "other.tac", breakpoints: [{ id: 1, line: 3 }] });
      yield* d.do("begin", { stopOnEntry: false });
      const { threads } = yield* d.do("threads", {});
      expect(threads.map(({ name, kind, state }) => [name, kind, state])).toEqual([
        [file, "main", "calling"],
        ["main.tac: coroutine 1", "coroutine", "suspended"],
        ["other.tac", "procedure", "running"],
      ]);
      const coroutine = yield* d.do("stack", { thread: threads[1]?.id ?? 0 });
      expect(coroutine.frames.map(({ name, kind, line }) => [name, kind, line])).toEqual([
        ["yield", "native", undefined],
        ["function at line 2", "procedure", 2],
      ]);
      yield* d.do("step", { thread: d.stopped?.thread ?? 0, to: "out" });
    },
    { programs },
  );
  expect(finished).toMatchObject({ status: "completed", result: 1 });
  expect(person.notices.filter(({ notice }) => notice === "thread")).toMatchObject([
    { change: "started", thread: { name: "other.tac", kind: "procedure" } },
    { change: "ended", thread: { name: "other.tac" } },
  ]);
});

test("what needs a stop is refused while the run goes; detached, nothing stops any more", () => {
  const { person, finished } = debug(loop, function* (d) {
    yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 1, line: 4 }] });
    yield* d.do("begin", { stopOnEntry: false });
    expect(yield* d.do("stack", { thread: 99 })).toMatchObject({ refused: "not-found" });
    expect(yield* d.do("variables", { reference: 12 })).toMatchObject({ refused: "not-found" });
    expect(yield* d.do("set-arguments", { arguments: {} })).toMatchObject({ refused: "not-stopped" });
    yield* d.do("detach", {});
  });
  expect(person.stops).toHaveLength(1);
  expect(finished.result).toBe(55);
});

test("a step over a long call is not held up by its lines", () => {
  const source = `local function fibonacci(n)
  if n < 2 then
    return n
  end
  return fibonacci(n - 1) + fibonacci(n - 2)
end
Procedure { function()
  local result = fibonacci(21)
  return result
end }`;
  const { finished, person } = debug(source, function* (d) {
    yield* d.do("set-breakpoints", { file, breakpoints: [{ id: 1, line: 8 }] });
    yield* d.do("begin", { stopOnEntry: false });
    yield* d.do("step", { thread: 1, to: "over" });
  });
  expect(places(person)).toEqual(["breakpoint:8", "step:9"]);
  expect(finished.result).toBe(10946);
});

test("what fails at the console while the run stands at an error does not change how the run ends", () => {
  const source = `Procedure {
  state = { count = field.number{} },
  function()
    State.count = "text"
  end
}`;
  const { finished } = debug(source, function* (d) {
    yield* d.do("set-exception-breakpoints", { breakpoints: [{ filter: "uncaught" }] });
    yield* d.do("begin", { stopOnEntry: false });
    expect(d.stopped).toMatchObject({
      reason: "exception",
      at: { line: 4 },
      failure: { code: "state-invalid" },
    });
    const failing = yield* d.do("evaluate", { expression: "File.read('x')", purpose: "repl" });
    expect(failing).toMatchObject({ refused: "evaluation-failed" });
  });
  expect(finished.error).toMatchObject({ code: "state-invalid", line: 4 });
});

import { describe, expect, test } from "vitest";
import { RequestRefused } from "../ports.ts";
import { type RunSourceOptions, runSource } from "../testing/run-source.ts";

interface TaskCase {
  readonly name: string;
  readonly source: string;
  /** The task that is asked for. */
  readonly task?: string;
  readonly result?: unknown;
  readonly fails?: RegExp | string;
  readonly options?: RunSourceOptions;
}

const two = `Task "a" { entry = function() return "A" end }
b = Task { depends_on = "a", entry = function() return "B" end }`;

const nested = `order = {}
group = Task {
  entry = function() return order end,
  first = Task { entry = function() order[#order + 1] = "first"; return order end },
  Task "second" { depends_on = {"first"}, entry = function() order[#order + 1] = "second"; return order end },
}`;

const cases: readonly TaskCase[] = [
  { name: "by its name", source: two, task: "a", result: "A" },
  { name: "by its variable", source: two, task: "b", result: "B" },
  { name: "several and none asked for", source: two, fails: "task-required" },
  { name: "several: all are listed", source: two, fails: /name the one to run: a, b/ },
  { name: "the task run", source: `${two}\nrun = Task { entry = function() return "R" end }`, result: "R" },
  { name: "main before several tasks", source: `${two}\nProcedure { function() return 1 end }`, result: 1 },
  {
    name: "the task run before main",
    source: 'Task "run" { entry = function() return 2 end }\nProcedure { function() return 1 end }',
    result: 2,
  },
  {
    name: "asking for run gives main",
    source: `${two}\nProcedure { function() return 1 end }`,
    task: "run",
    result: 1,
  },
  {
    name: "a procedure by its name",
    source: `${two}\nProcedure "p" { function() return 3 end }`,
    task: "p",
    result: 3,
  },
  { name: "an unknown one", source: two, task: "c", fails: /no task 'c'\. There are: a, b/ },
  { name: "a child", source: nested, task: "group:first", result: ["first"] },
  {
    name: "a child's dependency beside it",
    source: nested,
    task: "group:second",
    result: ["first", "second"],
  },
  { name: "a task with children runs its own entry", source: nested, task: "group", result: {} },
  {
    name: "a task without an entry lists its children",
    source: "g = Task { x = Task { entry = function() end } }",
    task: "g",
    fails: /Task 'g' has no entry\. Its tasks are: g:x/,
  },
  {
    name: "a cycle",
    source: 'Task "a" { depends_on = "b", entry = print }\nTask "b" { depends_on = "a", entry = print }',
    task: "a",
    fails: /cycle detected: a -> b -> a/,
  },
  {
    name: "a dependency that does not exist",
    source: 'Task "a" { depends_on = "z", entry = print }',
    fails: /Task 'z' not found/,
  },
  {
    name: "shared dependencies run once",
    source: `n = 0
base = Task { entry = function() n = n + 1 end }
left = Task { depends_on = "base", entry = function() end }
run = Task { depends_on = {"left", "base"}, entry = function() return n end }`,
    result: 1,
  },
  {
    name: "two of one name",
    source: 'Task "a" { entry = print }\nTask "a" { entry = print }',
    fails: /Duplicate task 'a'/,
  },
  { name: "a colon in a name", source: 'Task "a:b" { entry = print }', fails: /can't hold a colon/ },
  { name: "an entry that is no function", source: 'Task "a" { entry = 1 }', fails: /must be a function/ },
  {
    name: "TaskFunction puts a call off",
    source: `build = TaskFunction(function(args) return args.corpus .. "!" end)
index = Task { entry = build {corpus = "notes"} }`,
    result: "notes!",
  },
  {
    name: "a task uses the primitives of a run",
    source: 'Task "a" { entry = function() state.x = 1; return Json.encode(State.all()) end }',
    result: '{"x": 1}',
  },
];

describe("tasks", () => {
  test.for(cases)("$name", ({ source, task, result, fails, options }) => {
    expectOutcome(runSource(source, { ...options, ...(task === undefined ? {} : { procedure: task }) }), {
      result,
      fails,
    });
  });
});

const tasksFile =
  'one = Task { entry = function() return "one" end }\nTask "two" { depends_on = "one", entry = function() return "two" end }';

const included: readonly (TaskCase & { readonly files?: Readonly<Record<string, string>> })[] = [
  { name: "its tasks", source: 'IncludeTasks("tasks.tac")', task: "two", result: "two" },
  { name: "in a namespace", source: 'IncludeTasks("tasks.tac", "ns")', task: "ns:two", result: "two" },
  {
    name: "as a table",
    source: 'IncludeTasks { path = "tasks.tac", namespace = "ns" }',
    task: "ns:one",
    result: "one",
  },
  {
    name: "twice, in two namespaces",
    source: 'IncludeTasks("tasks.tac", "a")\nIncludeTasks("tasks.tac", "b")',
    task: "a:one",
    result: "one",
  },
  {
    name: "twice in one namespace",
    source: 'IncludeTasks("tasks.tac", "a")\nIncludeTasks("tasks.tac", "a")',
    fails: /Duplicate task namespace 'a'/,
  },
  {
    name: "from the folder of the including file",
    source: 'IncludeTasks("sub/outer.tac")',
    files: { "sub/outer.tac": 'IncludeTasks("inner.tac")', "sub/inner.tac": tasksFile },
    task: "two",
    result: "two",
  },
  {
    name: "in a circle",
    source: 'IncludeTasks("a.tac")',
    files: { "a.tac": 'IncludeTasks("b.tac")', "b.tac": 'IncludeTasks("a.tac")' },
    fails: /cycle detected: a\.tac → b\.tac → a\.tac/,
  },
  { name: "a missing file", source: 'IncludeTasks("gone.tac")', fails: /not found: gone\.tac/ },
  { name: "a file outside", source: 'IncludeTasks("../x.tac")', fails: "file-denied" },
  {
    name: "a file that declares more",
    source: 'IncludeTasks("a.tac")',
    files: { "a.tac": "Procedure { function() end }" },
    fails: /must only contain Task declarations: a\.tac declares a procedure/,
  },
];

describe("IncludeTasks", () => {
  test.for(included)("$name", ({ source, files = {}, task, result, fails }) => {
    const texts: Readonly<Record<string, string>> = { "tasks.tac": tasksFile, ...files };
    const run = runSource(source, {
      ...(task === undefined ? {} : { procedure: task }),
      answers: {
        "file.read": ({ path }) => {
          const text = texts[String(path)];
          if (text === undefined) throw new RequestRefused("file-not-found", "No such file.");
          return { text };
        },
      },
    });
    expectOutcome(run, { result, fails });
  });

  test("the reviewed text is taken, when the start carries it", () => {
    const file = { from: "main.tac", name: "tasks.tac", file: "tasks.tac", source: tasksFile, modules: {} };
    const run = runSource('IncludeTasks("tasks.tac")', { programs: [file], procedure: "one" });
    expectOutcome(run, { result: "one" });
    expect(run.requests).toEqual([]);
  });
});

function expectOutcome(
  { finished }: ReturnType<typeof runSource>,
  { result, fails }: { readonly result?: unknown; readonly fails?: RegExp | string | undefined },
): void {
  if (fails === undefined) {
    expect(finished.error).toBeUndefined();
    expect(finished.result).toEqual(result);
  } else if (typeof fails === "string") expect(finished.error?.code).toBe(fails);
  else expect(finished.error?.message).toMatch(fails);
}

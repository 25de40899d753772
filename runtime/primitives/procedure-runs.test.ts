import { describe, expect, test } from "vitest";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";
import { runSource } from "../testing/run-source.ts";

/** Other files of the workspace, by the name under which they are run. */
const files: Readonly<Record<string, string>> = {
  double:
    "Procedure { input = {n = field.number{default = 4}}, function(input) return {twice = input.n * 2} end }",
  list: "Procedure { function() return {1.0, 'b'} end }",
  fails: "Procedure { function()\n  error('no luck') end }",
  state: "Procedure { function() state.seen = (state.seen or 0) + 1 return state.seen end }",
  says: "Procedure { function(input) Log.info('child runs') return 'said' end }",
  forever: "Procedure { function() while true do end end }",
  itself: "Procedure { function() return Procedure.run('itself') end }",
  tool: "t = Tool { function() return 1 end }\nProcedure { function() t({}) return t.call_count() end }",
};

function programsOf(from: string): StartMessage["programs"] {
  return Object.entries(files).map(([name, source]) => ({
    from,
    name,
    file: `sub/${name}.tac`,
    source,
    modules: {},
  }));
}

const programs = [...programsOf("main.tac"), ...programsOf("sub/itself.tac")];

const cases: readonly ProgramCase[] = [
  { name: "runs a file", body: "return Procedure.run('double', {n = 5})", result: { twice: 10 } },
  { name: "fills defaults in", body: "return Procedure.run('double').twice", result: 8 },
  {
    name: "gives Lua tables and keeps floats",
    body: "local l = Procedure.run('list'); return {tostring(l[1]), #l}",
    result: ["1.0", 2],
  },
  {
    name: "has a state of its own",
    body: "state.seen = 7; return {Procedure.run('state'), Procedure.run('state'), state.seen}",
    result: [1, 1, 7],
  },
  {
    name: "counts its own tool calls",
    declare: "t = Tool { function() return 2 end }",
    body: "t({}); t({}); return {Procedure.run('tool'), t.call_count()}",
    result: [1, 2],
  },
  {
    name: "a failure names the file and its line, and is caught",
    body: "local ok, e = pcall(Procedure.run, 'fails'); return {ok, e}",
    result: [false, "Procedure 'fails' failed: sub/fails.tac:2: no luck"],
  },
  {
    name: "wrong input",
    body: "Procedure.run('double', {n = 'x'})",
    fails: "input-invalid",
  },
  {
    name: "a file that runs itself",
    body: "Procedure.run('itself')",
    fails: /Maximum recursion depth \(5\) exceeded/,
  },
  {
    name: "max_depth",
    declare: "max_depth(1)",
    body: "Procedure.run('double')",
    fails: /Maximum recursion depth \(1\) exceeded/,
  },
  {
    name: "a procedure of this file, when there is no such file",
    declare: 'Procedure "own" { function(input) return input.a end }',
    body: "return Procedure.run('own', {a = 3})",
    options: { answers: { "program.read": () => ({ program: null }) } },
    result: 3,
  },
  {
    name: "no such file",
    body: "Procedure.run('nowhere')",
    options: { answers: { "program.read": () => ({ program: null }) } },
    fails: /Procedure 'nowhere' not found/,
  },
  {
    name: "a file that the start did not carry",
    body: "return Procedure.run('late')",
    options: {
      answers: { "program.read": () => ({ program: { file: "x/late.tac", source: "return 'late'" } }) },
    },
    result: "late",
  },
  {
    name: "spawn and wait",
    body: "local a = Procedure.spawn('double', {n = 1}); return {a.name, a.status, Procedure.wait(a).twice, a.status, a.result.twice}",
    result: ["double", "running", 2, "completed", 2],
  },
  {
    name: "wait_all gives the results in order",
    body: "local r = Procedure.wait_all({Procedure.spawn('double', {n = 1}), Procedure.spawn('double', {n = 2})}); return {r[1].twice, r[2].twice, #r}",
    result: [2, 4, 2],
  },
  {
    name: "wait_any gives the first that has ended",
    body: "local a, b = Procedure.spawn('says'), Procedure.spawn('double'); Procedure.wait(b); return Procedure.wait_any({a, b}).name",
    result: "double",
  },
  {
    name: "asking runs it, so that a loop that polls ends",
    body: "local a = Procedure.spawn('double'); while not Procedure.is_complete(a) do Sleep(1) end; return {Procedure.all_complete({a}), Procedure.result(a).twice}",
    result: [true, 8],
  },
  {
    name: "status",
    body: "local s = Procedure.status(Procedure.spawn('fails')); return {s.status, s.error, s.name, s.procedure_id, type(s.started_at)}",
    result: ["failed", "Procedure 'fails' failed: sub/fails.tac:2: no luck", "fails", "fails_1", "string"],
  },
  {
    name: "waiting for one that failed raises",
    body: "Procedure.wait(Procedure.spawn('fails'))",
    fails: /no luck/,
  },
  {
    name: "something else than a handle",
    body: "Procedure.wait('double')",
    fails: /what Procedure.spawn gave/,
  },
];

describe("Procedure.run and its kin", () => {
  for (const program of cases) {
    test(program.name, () => void expectProgram({ ...program, options: { programs, ...program.options } }));
  }

  test("a spawned procedure runs when it is waited for; a cancelled one never does", () => {
    const run = expectProgram({
      name: "order",
      body: "local a, b = Procedure.spawn('says'), Procedure.spawn('says'); Procedure.cancel(b); Log.info('before'); Procedure.wait(a); return b.status",
      options: { programs },
      result: "cancelled",
    });
    const logs = run.events.flatMap((event) => (event.type === "log" ? [event.message] : []));
    expect(logs).toEqual(["before", "child runs"]);
  });

  test("what nobody waits for runs at the end, and its failure is logged", () => {
    const run = expectProgram({
      name: "rest",
      body: "Procedure.spawn('says'); Procedure.spawn('fails'); return 1",
      options: { programs },
      result: 1,
    });
    const logs = run.events.flatMap((event) => (event.type === "log" ? [event.message] : []));
    expect(logs).toEqual(["child runs", "Procedure 'fails' failed: sub/fails.tac:2: no luck"]);
  });

  test("each run is one checkpoint, whatever happens inside", () => {
    const run = expectProgram({
      name: "checkpoints",
      body: "Procedure.run('double'); Procedure.wait(Procedure.spawn('list')); return 1",
      options: { programs },
      result: 1,
    });
    const checkpoints = run.events.flatMap((event) =>
      event.type === "checkpoint" ? [{ kind: event.kind, name: event.name, value: event.value }] : [],
    );
    expect(checkpoints).toEqual([
      { kind: "procedure", name: "double", value: { twice: 8 } },
      { kind: "procedure", name: "list", value: { result: [1, "b"] } },
    ]);
  });

  test("a loop in another file uses up the instructions of the run", () => {
    const { finished } = runSource("Procedure { function() return Procedure.run('forever') end }", {
      programs,
      limits: { instructions: 3_000_000 },
    });
    expect(finished.error?.code).toBe("limit-instructions");
  });
});

import { expect, test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";
import { runSource } from "../testing/run-source.ts";

const withSchema = (body: string): string =>
  `Procedure { state = {n = field.integer{default = 1}, who = field.string{}}, function()\n${body}\nend }`;

const cases: readonly ProgramCase[] = [
  {
    name: "values are held by reference",
    body: "state.l = {1}; local l = state.l; l[2] = 2; return #state.l",
    result: 2,
  },
  {
    name: "State.x = v is State.set",
    body: "State.x = 5; return {state.x, State.get('x'), State.x}",
    result: [5, 5, 5],
  },
  { name: "a default for what is missing", body: "return State.get('x', 9)", result: 9 },
  {
    name: "append makes a Lua list",
    body: "State.append('l', 'a'); State.append('l', 'b'); return {#state.l, state.l[1]}",
    result: [2, "a"],
  },
  {
    name: "append keeps a single value",
    body: "state.l = 1; State.append('l', 2); return state.l",
    result: [1, 2],
  },
  {
    name: "pairs gives the fields",
    body: "state.b = 2; state.a = 1; local k = {} for key in pairs(state) do k[#k + 1] = key end table.sort(k); return k",
    result: ["a", "b"],
  },
  {
    name: "all is a copy",
    body: "state.a = 1; local all = State.all(); all.a = 2; return state.a",
    result: 1,
  },
  {
    name: "clear removes everything",
    body: "state.a = 1; State.clear(); return state.a == nil",
    result: true,
  },
  { name: "the state itself can be returned", body: "state.a = {1}; return state", result: { a: [1] } },
  { name: "a function is not state", body: "state.f = function() end", fails: "state-invalid" },
  {
    name: "increment of a text",
    body: "state.t = 'x'; State.increment('t')",
    fails: /state\.t is not a number/,
  },
  {
    name: "floats stay floats",
    body: "state.a = 2.0; State.set('b', 4 / 2); State.append('c', 1.0); local n = State.increment('a'); return {tostring(state.a), tostring(State.get('b')), tostring(state.c[1]), tostring(n), tostring(State.increment('d')), tostring(State.all().b)}",
    result: ["3.0", "2.0", "1.0", "3.0", "1", "2.0"],
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("each set is an event, defaults and nil too", () => {
  const { finished, events } = runSource(
    withSchema("state.who = 'me'; State.increment('n', 2); state.who = nil; return state.n"),
  );
  expect(finished.result).toBe(3);
  expect(events).toEqual([
    { type: "state", key: "n", value: 1 },
    { type: "state", key: "who", value: "me" },
    { type: "state", key: "n", value: 3 },
    { type: "state", key: "who", value: null },
  ]);
});

test("a value of another type than declared names the field and changes nothing", () => {
  const { finished, events } = runSource(withSchema("state.who = 5"));
  expect(finished.error).toMatchObject({
    code: "state-invalid",
    message: expect.stringMatching(/state 'who' must be a string/),
    line: 2,
  });
  expect(events).toHaveLength(1);
});

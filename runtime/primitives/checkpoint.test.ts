import { expect, test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const cases: readonly ProgramCase[] = [
  {
    name: "both spellings give the value",
    body: "return {Step.checkpoint(function() return 1, 2 end), checkpoint(function() return 3 end)}",
    result: [1, 3],
  },
  {
    name: "a raising step leaves no record",
    body: "pcall(checkpoint, function() error('x') end); return {Checkpoint.next_position(), Checkpoint.exists(0)}",
    result: [0, false],
  },
  {
    name: "a table that was raised comes through",
    body: "local ok, e = pcall(checkpoint, function() error({code = 4}) end); return e.code",
    result: 4,
  },
  {
    name: "floats stay floats in the record",
    body: "checkpoint(function() return 2.0 end); return tostring(Checkpoint.get('0'))",
    result: "2.0",
  },
  {
    name: "clear_after drops an entry and what follows",
    body: "for i = 1, 3 do checkpoint(function() return i end) end; Checkpoint.clear_after(1); return {Checkpoint.next_position(), Checkpoint.get(0)}",
    result: [1, 1],
  },
  {
    name: "a value that is no data",
    body: "checkpoint(function() return print end)",
    fails: /value of a checkpoint can't be written/,
  },
  { name: "a position that is none", body: "return Checkpoint.get('x')", fails: /integer from 0/ },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("the event has number, kind, name, place and value", () => {
  const { events } = expectProgram({
    name: "",
    body: "checkpoint('fetch', function() return {a = 1} end)\nStep.checkpoint(function() end)",
    result: null,
  });
  expect(events).toMatchObject([
    {
      type: "checkpoint",
      index: 1,
      kind: "step",
      name: "fetch",
      replayed: false,
      value: { a: 1 },
      at: { line: 3 },
    },
    { type: "checkpoint", index: 2, kind: "step", at: { file: "main.tac", line: 4 } },
  ]);
  expect(events[1]).not.toHaveProperty("value");
});

test("inner steps belong to the outer checkpoint", () => {
  const { events } = expectProgram({
    name: "",
    declare: 'Procedure "sub" { function() return checkpoint(function() return 5 end) end }',
    body: `local a = Step.checkpoint(function() return checkpoint(function() return 1 end) + 1 end)
local ok = pcall(checkpoint, function() checkpoint(function() error("x") end) end)
local b = Procedure("sub")({})
return {a, b, Checkpoint.next_position()}`,
    result: [2, 5, 2],
  });
  expect(events.filter(({ type }) => type === "checkpoint")).toMatchObject([
    { index: 1, kind: "step", value: 2 },
    { index: 2, kind: "procedure", name: "sub", value: 5 },
  ]);
});

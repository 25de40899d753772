import { expect, test } from "vitest";
import { calledNames } from "./step-in-targets.ts";

test.for([
  ["local order = find_order({number = number})", ["find_order"]],
  ["clerk{message = text(name)}", ["clerk", "text"]],
  ["if (ready) then files.read('a') end -- call(me)", ["read"]],
  ["local sum = a + b", []],
] as const)("%s", ([line, names]) => {
  expect(calledNames(line)).toEqual(names);
});

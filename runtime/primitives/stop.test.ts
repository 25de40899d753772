import { test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const cases: readonly ProgramCase[] = [
  {
    name: "Stop is a note",
    body: "Stop.request('enough', false); local s = {Stop.requested(), Stop.reason(), Stop.success()}; Stop.reset(); return {s, Stop.requested(), Stop.success()}",
    result: [[true, "enough", false], false, true],
  },
  {
    name: "Iterations count when told to",
    body: "Iterations.increment(); Iterations.increment(); local e = Iterations.exceeded(2); Iterations.reset(); return {e, Iterations.current()}",
    result: [true, 0],
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

import { expect, test } from "vitest";
import { type RunSourceOptions, type RunSourceResult, runSource } from "../testing/run-source.ts";
import { type DebugScript, ScriptedDebugger } from "../testing/scripted-debugger.ts";

interface Debugged extends RunSourceResult {
  readonly person: ScriptedDebugger;
}

function debug(source: string, script: DebugScript, options: RunSourceOptions = {}): Debugged {
  const person = new ScriptedDebugger(script);
  return { ...runSource(source, { ...options, debug: person }), person };
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

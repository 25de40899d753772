import { describe, expect, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

const only = ["unbounded-agent-loop"];

/** A procedure around some lines, with an agent and a tool. */
function inProcedure(lines: string): string {
  return `done = Tool { function() return true end }
clerk = Agent { provider = "openai", system_prompt = "Help.", tools = { done } }
Procedure {
  function(input)
    local n = 0
${lines}
  end,
}`;
}

describe("loops without a bound", () => {
  test.for([
    {
      name: "for ever",
      lines: `    while true do
    ^^^^^ unbounded-agent-loop: nothing in it bounds
      clerk("go on")
    end`,
    },
    {
      name: "until a tool was called",
      lines: `    repeat
    ^^^^^^ unbounded-agent-loop: only the model decides
      clerk("go on")
    until done.called()`,
    },
    {
      name: "until Tool says that it was called",
      lines: `    repeat
    ^^^^^^ unbounded-agent-loop: only the model decides
      clerk("go on")
    until Tool.called("done")`,
    },
    {
      name: "until the answer is right",
      lines: `    local answer
    while answer ~= "yes" do
    ^^^^^ unbounded-agent-loop: only the model decides
      local result = clerk("Finished?")
      answer = result.output
    end`,
    },
    {
      name: "a counter that nothing changes",
      lines: `    while n < 10 do
    ^^^^^ unbounded-agent-loop: nothing in it bounds
      clerk("go on")
    end`,
    },
    {
      name: "a break that only the model brings about",
      lines: `    while true do
    ^^^^^ unbounded-agent-loop: only the model decides
      clerk("go on")
      if done.called() then break end
    end`,
    },
    {
      name: "a break of a loop inside",
      lines: `    while true do
    ^^^^^ unbounded-agent-loop
      clerk("go on")
      for i = 1, 3 do if i > n then break end end
    end`,
    },
    {
      name: "a jump back",
      lines: `    ::again::
    clerk("go on")
    if not done.called() then goto again end
                              ^^^^^^^^^^ unbounded-agent-loop: only the model decides`,
    },
    {
      name: "through a function of the same statement",
      lines: `    local function ask() return clerk("go on") end
    while true do
    ^^^^^ unbounded-agent-loop
      ask()
    end`,
    },
  ])("$name", ({ lines }) => {
    expectFindings(inProcedure(lines), { only });
  });
});

describe("loops that end", () => {
  test.for<[string, string]>([
    ["a counter", "while n < 10 do n = n + 1 clerk() end"],
    ["a counter beside the model", "repeat clerk() n = n + 1 until done.called() or n > 5"],
    ["a break under a counter", "while true do clerk() n = n + 1 if n > 3 then break end end"],
    ["a return under a counter", "while true do clerk() n = n + 1 if n > 3 then return end end"],
    ["Iterations", "while not Iterations.exceeded(10) do clerk() Iterations.increment() end"],
    ["Stop", "while not Stop.requested() do clerk() end"],
    ["a person", "repeat clerk() until Human.approve { message = 'Good?' }"],
    ["a queue", "local q = { 1, 2 } while #q > 0 do table.remove(q) clerk() end"],
    ["state that the loop sets", "while (State.get('n') or 0) < 3 do State.increment('n') clerk() end"],
    ["state as a field", "while state.n < 3 do state.n = state.n + 1 clerk() end"],
    ["a function that may know", "while more_to_do() do clerk() end"],
    ["a for loop", "for i = 1, 100 do clerk() end"],
    ["one round only", "while true do clerk() break end"],
    ["an error under a counter", "while true do clerk() n = n + 1 if n > 3 then error('too many') end end"],
    ["a jump that counts", "::again:: clerk() n = n + 1 if n < 3 then goto again end"],
    ["no agent", "while true do n = n + 1 end"],
    ["a clock", "while os.time() < 100 do clerk() end"],
  ])("%s", ([, lines]) => {
    expectFindings(inProcedure(`    ${lines}`), { only });
  });
});

test.for([
  {
    name: "while true",
    before: "    while true do\n    ^^^^^ unbounded-agent-loop\n      clerk()\n    end",
    after: "    while not Iterations.exceeded(20) do\n      Iterations.increment()\n      clerk()\n    end",
  },
  {
    name: "while with a condition",
    before: "    while not done.called() or n > 3 do clerk() end\n    ^^^^^ unbounded-agent-loop",
    after:
      "    while (not done.called() or n > 3) and not Iterations.exceeded(20) do Iterations.increment() clerk() end",
  },
  {
    name: "repeat",
    before: "    repeat\n    ^^^^^^ unbounded-agent-loop\n      clerk()\n    until done.called()",
    after:
      "    repeat\n      Iterations.increment()\n      clerk()\n    until done.called() or Iterations.exceeded(20)",
  },
])("the fix bounds $name", ({ before, after }) => {
  expectFix(inProcedure(before), inProcedure(after), { only });
  expect(expectFindings(inProcedure(after), { only }).diagnostics).toEqual([]);
});

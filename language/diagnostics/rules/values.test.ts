import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

describe("members", () => {
  const only = ["unknown-member", "unknown-input"];

  test.for([
    {
      name: "of primitives and libraries",
      text: `Log.inof("x")
    ^^^^ unknown-member warning: Did you mean "info"
print(string.uper("x"), os.execute)
             ^^^^ unknown-member
                           ^^^^^^^ unknown-member: use Host.call
Procedure { function() return State.gett("n") end }
                                    ^^^^ unknown-member`,
    },
    {
      name: "of handles and results",
      text: `clerk = Agent { provider = "openai", system_prompt = "", output = { score = field.number{} } }
Procedure { function()
  clerk.clear()
        ^^^^^ unknown-member
  local r = clerk()
  return r.outptu, r.output.scroe
           ^^^^^^ unknown-member: Did you mean "output"
                            ^^^^^ unknown-member: Did you mean "score"
end }`,
    },
    {
      name: "of inputs",
      text: `t = Tool { input = { query = field.string{} }, function(args) return args.qeury end }
                                                                          ^^^^^ unknown-input warning
Procedure {
  input = { who = field.object{ properties = { name = field.string{} } } },
  function(input) return input.whom, input.who.nmae end,
                               ^^^^ unknown-input: Did you mean "who"
                                               ^^^^ unknown-input: Did you mean "name"
}`,
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    ["tables of the author", "local t = { a = 1 } print(t.b) t.c = 2"],
    ["what is set", "Procedure { input = { a = field.string{} }, function(input) input.b = 1 end }"],
    ["the state as fields", "Procedure { function() return State.total, state.total end }"],
    [
      "computed schemas",
      "Procedure { input = { [key()] = field.string{} }, function(input) return input.any end }",
    ],
    [
      "objects without properties",
      "Procedure { input = { a = field.object{} }, function(input) return input.a.b end }",
    ],
    [
      "classes of the library, which have what subclasses give them",
      'local c = require("tactus.text.classify") local B = c.BaseClassifier print(B.init)',
    ],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });

  test("the fix writes the member that is meant", () => {
    expectFix('Log.inof("x")\n    ^^^^ unknown-member', 'Log.info("x")', { only });
  });
});

describe("unknown-state", () => {
  const only = ["unknown-state"];

  test("keys that nothing declares or sets", () => {
    expectFindings(
      `Procedure {
  state = { count = field.number{} },
  function()
    State.set("total", 1)
    return state.cuont, State.get("totl"), state.count, state.total
                 ^^^^^ unknown-state information: Did you mean "count"
                                   ^^^^ unknown-state: Did you mean "total"
  end,
}`,
      { only },
    );
  });

  test.for<[string, string]>([
    [
      "what is set anywhere",
      "t = Tool { function() state.hits = 1 end } Procedure { function() return state.hits end }",
    ],
    ["what a computed key may set", "Procedure { function(input) state[input.k] = 1 return state.any end }"],
    ["what a module may set", 'require("lib") Procedure { function() return state.any end }'],
    ["functions", "Procedure { function() return State.all() end }"],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only, files: { "lib.tac": "" } });
  });

  test("the fix writes the key that is meant", () => {
    expectFix(
      "Procedure { function() state.total = 1 return state.totla end }\n                                                    ^^^^^ unknown-state",
      "Procedure { function() state.total = 1 return state.total end }",
      { only },
    );
  });
});

describe("results of procedures", () => {
  const only = ["missing-output", "wrong-output-type"];

  test.for([
    {
      name: "an output that is missing on some path",
      text: `Procedure {
  output = { reply = field.string{ required = true }, note = field.string{} },
  function(input)
    if input.a then return { note = "" } end
                           ^^^^^^^^^^^^^ missing-output error: "reply"
    if input.b then return end
                    ^^^^^^ missing-output
  end,
  ^^^ missing-output: can reach its end
}`,
    },
    {
      name: "an output of another type",
      text: `Procedure {
  output = { count = field.number{}, tags = field.array{} },
  function() return { count = "3", tags = "a" } end,
                              ^^^ wrong-output-type error: must be of type number
                                          ^^^ wrong-output-type
}`,
    },
    {
      name: "no table where outputs are declared",
      text: `Procedure {
  output = { reply = field.string{} },
  function() return "hello" end,
                    ^^^^^^^ wrong-output-type: must return a table
}`,
    },
    {
      name: "a single value of another type",
      text: `Procedure { output = field.number{}, function() return "3" end }
                                                       ^^^ wrong-output-type`,
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    [
      "what fits on every path",
      "Procedure { output = { a = field.string{ required = true } }, function(i) if i.x then return { a = '' } end return { a = 'b' } end }",
    ],
    [
      "a way that never ends",
      "Procedure { output = { a = field.string{ required = true } }, function() error('no') end }",
    ],
    [
      "defaults",
      "Procedure { output = { a = field.string{ required = true, default = '' } }, function() return {} end }",
    ],
    [
      "the result of a turn",
      "c = Agent { provider = 'openai', system_prompt = '' } Procedure { output = { a = field.string{ required = true } }, function() return c() end }",
    ],
    [
      "what is put together elsewhere",
      "Procedure { output = { a = field.string{ required = true } }, function(i) local r = {} r.a = i.x return r end }",
    ],
    ["no schema", "Procedure { function() return 1 end }"],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

test.for([
  {
    name: "in a table",
    before: "function() return { n = 1 } end }\n                           ^^^^^^^^^ missing-output",
    after: 'function() return { a = "", n = 1 } end }',
  },
  {
    name: "in an empty table",
    before: "function() return {} end }\n                           ^^ missing-output",
    after: 'function() return { a = "" } end }',
  },
  {
    name: "where nothing is returned",
    before: "function() return end }\n                    ^^^^^^ missing-output",
    after: 'function() return { a = "" } end }',
  },
])("the fix adds an output that is missing $name", ({ before, after }) => {
  const head = "Procedure { output = { a = field.string{ required = true } },\n         ";
  expectFix(head + before, head + after, { only: ["missing-output"] });
});

describe("handler-mismatch", () => {
  const only = ["handler-mismatch"];

  test("no argument where there are inputs, and more than one", () => {
    expectFindings(
      `a = Tool { input = { n = field.number{} }, function() return 1 end }
                                                   ^^ handler-mismatch warning
b = Tool { input = { n = field.number{} }, function(n, m) return n, m end }
                                                       ^ handler-mismatch: always nil`,
      { only },
    );
  });

  test("not: one table, any number, or no inputs", () => {
    expectFindings(
      `a = Tool { input = { n = field.number{} }, function(args) return args.n end }
b = Tool { input = { n = field.number{} }, function(...) return ... end }
c = Tool { input = {}, function() return 1 end }`,
      { only },
    );
  });

  test("the fix takes away what is always nil", () => {
    expectFix(
      "a = Tool { function(args, more) return args end }\n                          ^^^^ handler-mismatch",
      "a = Tool { function(args) return args end }",
      { only },
    );
  });

  test("the fix takes the table", () => {
    expectFix(
      "a = Tool { input = { n = field.number{} }, function() return 1 end }\n                                                   ^^ handler-mismatch",
      "a = Tool { input = { n = field.number{} }, function(args) return 1 end }",
      { only },
    );
  });
});

describe("unreachable-code", () => {
  const only = ["unreachable-code"];

  test("behind what never goes on", () => {
    expectFindings(
      `function f(x)
  error("no")
  print(x)
  ^^^^^^^^ unreachable-code hint
end
function g(x)
  if x then return 1 else return 2 end
  print(x)
  ^^^^^^^^ unreachable-code
end
function h()
  while true do end
  print(1)
  ^^^^^^^^ unreachable-code
end`,
      { only },
    );
  });

  test("not: behind a label, a branch that goes on, a loop that is left", () => {
    expectFindings(
      `function f(x)
  goto out
  ::out::
  if x then return 1 end
  while true do if x then break end end
  return x
end`,
      { only },
    );
  });

  test("the fix takes it away", () => {
    expectFix(
      'function f()\n  error("no")\n  print(1)\n  ^^^^^^^^ unreachable-code\nend',
      'function f()\n  error("no")\nend',
      { only },
    );
  });
});

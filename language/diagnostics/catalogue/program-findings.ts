import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** Codes of findings about what a program does when it runs. */
export const programFindings = {
  "syntax-error": {
    severity: "error",
    meaning: "The file is not valid Lua 5.4: it would not start.",
    wrong: "local total = = 1",
    right: "local total = 1",
  },
  "wrong-argument": {
    severity: "warning",
    meaning:
      "A call lacks an argument that the function must have, or gives one of another kind; calls of procedures count by their inputs.",
    wrong: "Procedure { function() return Tool.called() end }",
    right: 'done = require("tactus.tools.done")\nProcedure { function() return Tool.called("done") end }',
  },
  "unknown-input": {
    severity: "warning",
    meaning:
      "A field is read from the inputs that the schema does not declare: it is always nil. Or a call gives a procedure an input that it does not have, which is left out.",
    wrong: "Procedure {\n  input = { topic = field.string{} },\n  function(input) return input.topci end,\n}",
    right: "Procedure {\n  input = { topic = field.string{} },\n  function(input) return input.topic end,\n}",
  },
  "unknown-state": {
    severity: "information",
    meaning: "A key of the state is read that no schema declares and nothing sets.",
    wrong:
      "Procedure {\n  state = { count = field.number{ default = 0 } },\n  function() return state.cuont end,\n}",
    right:
      "Procedure {\n  state = { count = field.number{ default = 0 } },\n  function() return state.count end,\n}",
  },
  "missing-output": {
    severity: "error",
    meaning: "A procedure can end without an output that its schema requires: the run would fail there.",
    wrong:
      "Procedure {\n  output = { reply = field.string{ required = true } },\n  function() return {} end,\n}",
    right:
      'Procedure {\n  output = { reply = field.string{ required = true } },\n  function() return { reply = "" } end,\n}',
  },
  "wrong-output-type": {
    severity: "error",
    meaning:
      "A procedure returns an output of another type than its schema declares: the run would fail there.",
    wrong: "Procedure {\n  output = { reply = field.string{} },\n  function() return { reply = 1 } end,\n}",
    right: 'Procedure {\n  output = { reply = field.string{} },\n  function() return { reply = "1" } end,\n}',
  },
  "unreachable-code": {
    severity: "hint",
    meaning: "Code that is never reached: it follows `return`, `break`, `goto`, `error` or an endless loop.",
    wrong: 'function fail()\n  error("no")\n  return 1\nend',
    right: 'function fail()\n  error("no")\nend',
  },
  "unbounded-agent-loop": {
    severity: "warning",
    meaning:
      "A loop calls an agent and nothing in it bounds how often: no counter, no `Iterations.exceeded`, no `Stop.requested`, no person who is asked. Where only the model decides when it ends, it can spend without end.",
    wrong:
      'clerk = Agent { provider = "openai", system_prompt = "Help." }\nProcedure {\n  function()\n    while true do\n      clerk("Go on")\n    end\n  end,\n}',
    right:
      'clerk = Agent { provider = "openai", system_prompt = "Help." }\nProcedure {\n  function()\n    while not Iterations.exceeded(10) do\n      clerk("Go on")\n      Iterations.increment()\n    end\n  end,\n}',
  },
  nondeterminism: {
    severity: "warning",
    meaning:
      "A clock, random numbers, a file, a host tool or another effect outside of `Step.checkpoint`: a run that is resumed with changed code may see something else, or do it twice. Code of tools is not meant, since a turn is recorded as a whole.",
    wrong: "Procedure { function() return os.time() end }",
    right: "Procedure { function() return Step.checkpoint(os.time) end }",
  },
  "unstable-checkpoint": {
    severity: "warning",
    meaning:
      "Whether this checkpoint happens depends on something that may differ in a resumed run, so recorded checkpoints may no longer fit.",
    wrong:
      'clerk = Agent { provider = "openai", system_prompt = "Help." }\nProcedure {\n  function()\n    if math.random() > 0.5 then clerk("Go") end\n  end,\n}',
    right:
      'clerk = Agent { provider = "openai", system_prompt = "Help." }\nProcedure {\n  function()\n    local chance = Step.checkpoint(math.random)\n    if chance > 0.5 then clerk("Go") end\n  end,\n}',
  },
  "secret-in-source": {
    severity: "warning",
    meaning:
      "A text looks like a key or a password. Keys belong into the host's configuration; a procedure never needs one.",
    wrong: 'password = "hT7xkQ9pmZ2pLs81"',
    right: 'password_prompt = "Which password?"',
  },
  "hidden-character": {
    severity: "warning",
    meaning:
      "Invisible or bidirectional characters, in a procedure or a config file: the text is not what it looks like.",
    wrong: 'name = "ad\u200bmin"',
    right: 'name = "admin"',
  },
  "invalid-pattern": {
    severity: "error",
    meaning:
      "A Lua pattern, a replacement, or the regular expression of a step is malformed: the call fails.",
    wrong: 'found = string.find("text", "[a-z")',
    right: 'found = string.find("text", "[a-z]")',
  },
  "risky-pattern": {
    severity: "warning",
    meaning: "A Lua pattern can take very long on some texts, or does something else than it looks like.",
    wrong: 'found = string.match("text", ".-.-.-x")',
    right: 'found = string.match("text", "[^x]*x")',
  },
} as const satisfies Record<string, CatalogueEntry>;

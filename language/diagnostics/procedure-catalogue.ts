import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** Codes of findings in `.tac` files. */
export const procedureCatalogue = {
  "syntax-error": {
    severity: "error",
    meaning: "The file is not valid Lua 5.4: it would not start.",
    wrong: "local total = = 1",
    right: "local total = 1",
  },
  "undefined-global": {
    severity: "warning",
    meaning:
      "A name is read that nothing defines: it is nil. Names of Lua that don't exist here are told with what to use instead.",
    wrong: 'State.set("n", cuont)',
    right: 'State.set("n", count)',
  },
  "unused-local": {
    severity: "hint",
    meaning: "A local variable or function is never read. Names that start with `_` are meant to be unused.",
    wrong: "local unused = 1",
    right: "local _ignored = 1",
  },
  "unused-parameter": {
    severity: "hint",
    meaning: "A parameter is never read. Names that start with `_` are meant to be unused.",
  },
  "unused-tool": {
    severity: "information",
    meaning: "A tool is declared, yet no agent is given it and nothing calls it.",
  },
  "unused-agent": {
    severity: "information",
    meaning: "An agent is declared, yet nothing calls it.",
  },
  "duplicate-name": {
    severity: "warning",
    meaning: "Two declarations of the same kind have the same name: the later one wins.",
    wrong: "search = Tool { … }\nsearch = Tool { … }",
    right: "search = Tool { … }\nsearch_again = Tool { … }",
  },
  "shadowed-primitive": {
    severity: "warning",
    meaning:
      "A variable has the name of a primitive or a library, which can't be reached any more where it holds.",
    wrong: "local State = {}",
    right: "local state_copy = {}",
  },
  "unknown-field": {
    severity: "warning",
    meaning:
      "A declaration has a field that it does not know; it is ignored, or refused where the kind is strict.",
    wrong: 'Agent { sytem_prompt = "…" }',
    right: 'Agent { system_prompt = "…" }',
  },
  "missing-field": {
    severity: "error",
    meaning: "A declaration lacks a field that it must have: the file would not start.",
    wrong: 'clerk = Agent { provider = "openai" }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "…" }',
  },
  "wrong-field-type": {
    severity: "error",
    meaning: "A field of a declaration holds a value of another kind than it must.",
    wrong: 'Agent { temperature = "low", … }',
    right: "Agent { temperature = 0.2, … }",
  },
  "conflicting-fields": {
    severity: "error",
    meaning: "A declaration says the same thing twice, in two fields that exclude each other.",
    wrong: 'search = Tool { use = "broker.host.ping", function(args) return args end }',
    right: 'search = Tool { use = "broker.host.ping" }',
  },
  "name-mismatch": {
    severity: "error",
    meaning:
      "The field `name` of a declaration is not the variable that it is assigned to: the file would not start.",
    wrong: 'search = Tool { name = "find", function(args) return args end }',
    right: 'search = Tool { name = "search", function(args) return args end }',
  },
  "unknown-member": {
    severity: "warning",
    meaning: "A field is read that the value does not have: it is nil, and calling it fails.",
    wrong: 'State.gett("n")',
    right: 'State.get("n")',
  },
  "wrong-argument": {
    severity: "warning",
    meaning: "A call lacks an argument that the function must have, or gives one of another kind.",
    wrong: "Tool.called()",
    right: 'Tool.called("search")',
  },
  "unknown-tool": {
    severity: "error",
    meaning: "A text names a tool or a toolset that neither the file nor its configuration has.",
    wrong: 'Agent { tools = { "serach" }, … }',
    right: 'Agent { tools = { "search" }, … }',
  },
  "unknown-agent": {
    severity: "error",
    meaning: "A text names an agent that the file does not declare.",
  },
  "unknown-name": {
    severity: "error",
    meaning: "A text names a model, a context, a question, a task or a procedure that is not declared.",
  },
  "unknown-provider": {
    severity: "warning",
    meaning: "A model provider is named that neither the language nor the configuration knows.",
    wrong: 'Agent { provider = "opneai", … }',
    right: 'Agent { provider = "openai", … }',
  },
  "unknown-module": {
    severity: "error",
    meaning: "`require` names a module that is neither a file beside this one nor part of the library.",
    wrong: 'require("tactus.tools.dnoe")',
    right: 'require("tactus.tools.done")',
  },
  "missing-module": {
    severity: "warning",
    meaning: "`require` names a file that is not there.",
  },
  "tool-not-granted": {
    severity: "warning",
    meaning:
      "A call offers a tool that the agent does not have: a turn can only narrow what the agent was given, so the call fails.",
    wrong: 'clerk = Agent { tools = { search }, … }\nclerk { message = "go", tools = { "delete" } }',
    right: 'clerk = Agent { tools = { search, delete }, … }\nclerk { message = "go", tools = { "delete" } }',
  },
  "handler-mismatch": {
    severity: "warning",
    meaning:
      "The function of a tool does not fit its `input`: it takes no argument, or more than the one table.",
    wrong: "Tool { input = { a = field.number{} }, function() return a end }",
    right: "Tool { input = { a = field.number{} }, function(args) return args.a end }",
  },
  "unknown-input": {
    severity: "warning",
    meaning: "A field is read from the inputs that the schema does not declare: it is always nil.",
    wrong: "Procedure { input = { topic = field.string{} }, function(input) return input.topci end }",
    right: "Procedure { input = { topic = field.string{} }, function(input) return input.topic end }",
  },
  "unknown-state": {
    severity: "information",
    meaning: "A key of the state is read that no schema declares and nothing sets.",
  },
  "missing-output": {
    severity: "error",
    meaning: "A procedure can end without an output that its schema requires: the run would fail there.",
    wrong: "Procedure { output = { reply = field.string{required = true} }, function() return {} end }",
    right:
      'Procedure { output = { reply = field.string{required = true} }, function() return { reply = "" } end }',
  },
  "wrong-output-type": {
    severity: "error",
    meaning:
      "A procedure returns an output of another type than its schema declares: the run would fail there.",
  },
  "unreachable-code": {
    severity: "hint",
    meaning: "Code that is never reached: it follows `return`, `break`, `goto`, `error` or an endless loop.",
  },
  "unbounded-agent-loop": {
    severity: "warning",
    meaning:
      "A loop calls an agent and nothing in it bounds how often: no counter, no `Iterations.exceeded`, no `Stop.requested`, no break. It can spend without end.",
    wrong: 'while true do clerk("go on") end',
    right: 'while not Iterations.exceeded(10) do clerk("go on") Iterations.increment() end',
  },
  nondeterminism: {
    severity: "warning",
    meaning:
      "A clock, random numbers, a file, a host tool or another effect outside of `Step.checkpoint`: a resumed run may see something else, or do it twice.",
    wrong: "local now = os.time()",
    right: "local now = Step.checkpoint(function() return os.time() end)",
  },
  "unstable-checkpoint": {
    severity: "warning",
    meaning:
      "Whether this checkpoint happens depends on something that may differ in a resumed run, so recorded checkpoints may no longer fit.",
    wrong: 'if math.random() > 0.5 then clerk("a") end',
    right: 'local lucky = Step.checkpoint(math.random) > 0.5\nif lucky then clerk("a") end',
  },
  "deprecated-form": {
    severity: "warning",
    meaning: "An older form that still works; the fix writes the current one.",
    wrong: 'Agent "clerk" { … }',
    right: "clerk = Agent { … }",
  },
  "removed-form": {
    severity: "error",
    meaning: "A form that was removed: it fails.",
    wrong: "Agent { toolsets = { … }, … }",
    right: "Agent { tools = { … }, … }",
  },
  "wrong-phase": {
    severity: "error",
    meaning:
      "A declaration that works only at the top of a file stands in a function, where the name means something else.",
    wrong: "Procedure { function() search = Tool { … } end }",
    right: "search = Tool { … }\nProcedure { function() … end }",
  },
  "secret-in-source": {
    severity: "warning",
    meaning:
      "A text looks like a key or a password. Keys belong into the host's configuration; a procedure never needs one.",
  },
  "hidden-character": {
    severity: "warning",
    meaning: "Invisible or bidirectional characters: the text is not what it looks like.",
  },
  "confusable-name": {
    severity: "warning",
    meaning: "A name has letters that look like others: two names that look the same may differ.",
  },
  "host-tool-not-allowed": {
    severity: "warning",
    meaning: "A host tool is called that the configuration does not allow: the call is denied.",
  },
  "unknown-mcp-server": {
    severity: "warning",
    meaning: "Tools of an MCP server are used that no configuration defines.",
  },
  "invalid-pattern": {
    severity: "error",
    meaning: "A Lua pattern is malformed: the call fails.",
    wrong: 'text:find("[a-z")',
    right: 'text:find("[a-z]")',
  },
  "risky-pattern": {
    severity: "warning",
    meaning: "A Lua pattern can take very long on some texts.",
    wrong: 'text:match(".-.-.-x")',
    right: 'text:match("[^x]*x")',
  },
  "specification-error": {
    severity: "error",
    meaning: "The text of a specification is not valid Gherkin.",
  },
  "undefined-step": {
    severity: "warning",
    meaning: "A step of a scenario is neither built in nor defined with `Step`.",
  },
  "unknown-placeholder": {
    severity: "warning",
    meaning: "A placeholder of a prompt names something that does not exist: it stays in the text as it is.",
    wrong: 'system_prompt = "Help with {inptu.topic}"',
    right: 'system_prompt = "Help with {input.topic}"',
  },
  "invalid-annotation": {
    severity: "warning",
    meaning: "An annotation in a comment can't be read.",
  },
  "unused-suppression": {
    severity: "hint",
    meaning: "A `---@diagnostic` comment keeps nothing back, or names a code that does not exist.",
  },
  "declaration-failed": {
    severity: "warning",
    meaning:
      "Evaluating the declarations of the file failed or took too long: what it declares is known only in part.",
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** Codes of findings about what is declared and how it is written. */
export const declarationFindings = {
  "unknown-field": {
    severity: "warning",
    meaning:
      "A declaration, or a table of options, has a field that it does not know, or that counts only beside another; it is ignored, or refused where the kind is strict.",
    wrong: 'clerk = Agent { provider = "openai", system_prompt = "Help.", temprature = 0 }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "Help.", temperature = 0 }',
  },
  "missing-field": {
    severity: "error",
    meaning: "A declaration lacks a field that it must have: the file would not start.",
    wrong: 'clerk = Agent { provider = "openai" }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "Help." }',
  },
  "wrong-field-type": {
    severity: "error",
    meaning: "A field of a declaration holds a value of another kind than it must, or none of its values.",
    wrong: 'clerk = Agent { provider = "openai", system_prompt = "Help.", temperature = "low" }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "Help.", temperature = 0.2 }',
  },
  "conflicting-fields": {
    severity: "error",
    meaning: "A declaration says the same thing twice, in two fields that exclude each other.",
    wrong: 'ping = Tool { use = "broker.host.ping", function(args) return args end }',
    right: 'ping = Tool { use = "broker.host.ping" }',
  },
  "name-mismatch": {
    severity: "error",
    meaning:
      "The field `name` of a declaration is not the variable that it is assigned to: the file would not start.",
    wrong: 'search = Tool { name = "find", function(args) return args end }',
    right: 'search = Tool { name = "search", function(args) return args end }',
  },
  "handler-mismatch": {
    severity: "warning",
    meaning:
      "The function of a tool does not fit its `input`: it takes no argument, or more than the one table.",
    wrong: "double = Tool { input = { n = field.number{} }, function() return 2 end }",
    right: "double = Tool { input = { n = field.number{} }, function(args) return 2 * args.n end }",
  },
  "deprecated-form": {
    severity: "warning",
    meaning: "An older form that still works; the fix writes the current one.",
    wrong: 'Agent "clerk" { provider = "openai", system_prompt = "Help." }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "Help." }',
  },
  "removed-form": {
    severity: "error",
    meaning: "A form that was removed, or that never worked: it fails.",
    wrong: 'clerk = Agent { provider = "openai", system_prompt = "Help.", toolsets = {} }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "Help.", tools = {} }',
  },
  "wrong-phase": {
    severity: "error",
    meaning:
      "A declaration that works only at the top of a file stands in a function, where the name means something else; or a primitive of a running procedure is used while the file is read.",
    wrong: "Procedure {\n  function()\n    search = Tool { function() end }\n  end,\n}",
    right: "search = Tool { function() end }\nProcedure { function() return search({}) end }",
  },
  "declaration-failed": {
    severity: "warning",
    meaning:
      "Evaluating the declarations of the file failed or took too long: what it declares is known only in part. An error that a run has as well is told as an error.",
    wrong: 'error("not today")',
    right: 'Log.info("today")',
  },
  "unknown-placeholder": {
    severity: "warning",
    meaning:
      "A placeholder of a prompt names something that does not exist: it stays in the text as it is. `{input.…}` is what a call of the agent gives, `{context.…}` what the run is given, `{state.…}` the state, `{prepared.…}` what `prepare` gives.",
    wrong:
      'clerk = Agent { provider = "openai", system_prompt = "Help with {inptu.topic}." }\nProcedure { function() return clerk({ topic = "sums" }) end }',
    right:
      'clerk = Agent { provider = "openai", system_prompt = "Help with {input.topic}." }\nProcedure { function() return clerk({ topic = "sums" }) end }',
  },
  "specification-error": {
    severity: "error",
    meaning: "The text of a specification is not valid Gherkin.",
    wrong:
      "Specification([[\nFeature: Sums\n  Scenario: One\n    When the procedure runs\n      | a | b |\n      | 1 |\n]])",
    right: "Specification([[\nFeature: Sums\n  Scenario: One\n    When the procedure runs\n]])",
  },
  "undefined-step": {
    severity: "warning",
    meaning: "A step of a scenario is neither built in nor defined with `Step`.",
    wrong: "Specification([[\nFeature: Sums\n  Scenario: One\n    When the procedure rnus\n]])",
    right: "Specification([[\nFeature: Sums\n  Scenario: One\n    When the procedure runs\n]])",
  },
  "invalid-annotation": {
    severity: "warning",
    meaning: "An annotation in a comment can't be read, or speaks of a parameter that is not there.",
    wrong: "---@param x number\nfunction double(n) return 2 * n end",
    right: "---@param n number\nfunction double(n) return 2 * n end",
  },
  "unused-suppression": {
    severity: "hint",
    meaning: "A `---@diagnostic` comment keeps nothing back, or names a code that does not exist.",
    wrong: "---@diagnostic disable-next-line: unused-local\nlocal _n = 1",
    right: "---@diagnostic disable-next-line: unused-local\nlocal n = 1",
  },
} as const satisfies Record<string, CatalogueEntry>;

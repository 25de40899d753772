import type { FieldCondition, FieldEntry } from "../entries.ts";

const kinds = {
  contains: "The output, or a field of it, holds `value`.",
  contains_any: "It holds one of the texts in `value`.",
  equals_expected: "It is the same as the expected output.",
  exact_match: "The same as `equals_expected`.",
  is_instance: "It is of the type that `value` names.",
  llm_judge: "A model judges it by a `rubric`.",
  min_length: "It is at least `value` long.",
  max_length: "It is at most `value` long.",
  max_iterations: "The run counted at most `value` iterations; 10 unless said.",
  max_cost: "The run cost at most `value` US dollars; 1 unless said.",
  max_tokens: "The run took at most `value` tokens; 10000 unless said.",
  tool_called: "The tool `value` was called, `min_value` to `max_value` times.",
  state_check: "The state value `field` is `value` at the end.",
  agent_turns: "The agent `field` took `min_value` to `max_value` turns.",
  regex: "It fits the regular expression `value`.",
  json_schema: "It fits a JSON Schema.",
  range: "It is a number between two others.",
};

type Kind = keyof typeof kinds;

function type(...values: Kind[]): FieldCondition {
  return { field: "type", values };
}

/** Evaluators that `value` alone makes complete. */
const needValue: readonly Kind[] = ["contains", "is_instance", "tool_called", "state_check", "regex"];

/** What an evaluator of `Evaluation {evaluators = {…}}` may hold (language.md §2.14). */
export const evaluatorFields: readonly FieldEntry[] = [
  {
    name: "type",
    types: ["text"],
    required: true,
    values: Object.keys(kinds),
    valueDocs: kinds,
    doc: "What is measured. The other fields depend on it.",
  },
  {
    name: "field",
    types: ["text"],
    doc: "The output that is looked at; the whole output unless said. With `state_check` a value of the state, with `agent_turns` an agent.",
  },
  {
    name: "value",
    types: ["any"],
    onlyWith: type(
      ...needValue,
      "contains_any",
      "min_length",
      "max_length",
      "max_iterations",
      "max_cost",
      "max_tokens",
      "json_schema",
      "range",
    ),
    doc: "What to compare with: a text, a number, a list or a table, as the type needs.",
  },
  {
    name: "check_expected",
    types: ["text", "boolean"],
    onlyWith: type("contains_any", "min_length"),
    doc: "The field of the expected output to compare with.",
  },
  {
    name: "rubric",
    types: ["text"],
    onlyWith: type("llm_judge"),
    requiredThen: true,
    doc: "What makes an output good.",
  },
  {
    name: "model",
    types: ["text"],
    refersTo: "modelId",
    default: "openai:gpt-4o",
    onlyWith: type("llm_judge"),
    doc: "The model that judges.",
  },
  {
    name: "include_expected",
    types: ["boolean"],
    default: false,
    onlyWith: type("llm_judge"),
    doc: "Whether the judge sees the expected output.",
  },
  {
    name: "json_schema",
    types: ["table"],
    isOpen: true,
    onlyWith: type("json_schema"),
    doc: "The JSON Schema.",
  },
  {
    name: "case_sensitive",
    types: ["boolean"],
    default: true,
    onlyWith: type("regex", "contains"),
    doc: "Whether upper and lower case differ.",
  },
  {
    name: "min_value",
    types: ["number"],
    onlyWith: type("tool_called", "agent_turns", "range"),
    doc: "The least; 1 for calls and turns unless said.",
  },
  {
    name: "max_value",
    types: ["number"],
    onlyWith: type("tool_called", "agent_turns", "range"),
    doc: "The most.",
  },
  { name: "pattern", types: ["text"], deprecated: "value", doc: "Not read: the expression is `value`." },
  {
    name: "max_iterations",
    types: ["integer"],
    deprecated: "value",
    doc: "Not read: the number is `value`.",
  },
  { name: "max_cost", types: ["number"], deprecated: "value", doc: "Not read: the number is `value`." },
  { name: "max_tokens", types: ["integer"], deprecated: "value", doc: "Not read: the number is `value`." },
];

import type { StepParameter } from "./step-entry.ts";

/** Parameters that several steps have. */
export const commonParameters = {
  tool: { name: "tool", kind: "tool", doc: "Name of the tool." },
  agent: { name: "agent", kind: "agent", doc: "Name of the agent." },
  state: { name: "key", kind: "state", doc: "Key of the state." },
  output: { name: "field", kind: "output", doc: "Field of the result." },
  input: { name: "input", kind: "input", doc: "Input of the procedure." },
  argument: { name: "argument", kind: "argument", doc: "Argument of the tool." },
  value: {
    name: "value",
    kind: "value",
    doc: 'Text in quotes, a number, true or false; anything else is text: "done", 3.',
  },
  expected: { name: "expected", kind: "text", doc: "The text that is expected." },
  regex: {
    name: "regex",
    kind: "regex",
    doc: "Regular expression that is searched for.",
  },
  percent: {
    name: "percent",
    kind: "integer",
    doc: "How similar it must be, 0 to 100.",
  },
  count: { name: "count", kind: "integer", doc: "A number from 0." },
} as const satisfies Record<string, StepParameter>;

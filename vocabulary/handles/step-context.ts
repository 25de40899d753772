import type { FieldEntry, HandleEntry } from "../entries.ts";
import { method } from "./method.ts";

const tool: FieldEntry = {
  name: "tool",
  types: ["text"],
  required: true,
  refersTo: "tool",
  doc: "Name of the tool.",
};
const key: FieldEntry = {
  name: "key",
  types: ["text"],
  required: true,
  refersTo: "stateKey",
  doc: "Name of the value.",
};
const output: FieldEntry = { name: "name", types: ["text"], required: true, doc: "Name of the output." };
const agent: FieldEntry = {
  name: "agent",
  types: ["text"],
  required: true,
  refersTo: "agent",
  doc: "Name of the agent.",
};

/** What the function of a custom step is given first (language.md §2.14). */
export const stepHandle: HandleEntry = {
  name: "step",
  doc: "The scenario that runs: its inputs and mocks before the run, its result after it.",
  status: "declared",
  isOpen: true,
  members: [
    method("tool_called", "Whether the tool was called.", ["boolean"], [tool]),
    method("tool_call_count", "How often the tool was called.", ["integer"], [tool]),
    method("tool_calls", "The calls of the tool.", ["list"], [tool]),
    method("state_get", "A value of the state at the end.", ["any"], [key]),
    method("state_exists", "Whether the state has a value of that name.", ["boolean"], [key]),
    method("output_get", "One output of the procedure.", ["any"], [output]),
    method("output_exists", "Whether the procedure gave that output.", ["boolean"], [output]),
    method("output_value", "The whole result of the procedure.", ["any"]),
    method("stop_success", "Whether the run ended well.", ["boolean"]),
    method("stop_reason", "Why the run stopped; nil when nobody asked for it.", ["text", "nil"]),
    method("iterations", "What the counter of the run stood at.", ["integer"]),
    method("agent_turns", "How many turns agents took.", ["integer"], [{ ...agent, required: false }]),
    method("get_params", "The inputs of the scenario.", ["table"]),
    method(
      "set_input",
      "Sets an input of the run.",
      ["nil"],
      [
        { name: "name", types: ["text"], required: true, doc: "Name of the input." },
        { name: "value", types: ["any"], required: true, doc: "Its value." },
      ],
    ),
    method(
      "mock_agent_response",
      "Lets an agent answer with a text.",
      ["nil"],
      [agent, { name: "text", types: ["text"], required: true, doc: "The answer." }],
    ),
    method(
      "mock_agent_tool_call",
      "Adds a tool call to the answer of an agent.",
      ["nil"],
      [agent, tool, { name: "args", types: ["table"], doc: "Arguments of the call." }],
    ),
    method(
      "mock_agent_data",
      "Lets an agent answer with fields.",
      ["nil"],
      [agent, { name: "data", types: ["table"], required: true, doc: "The fields." }],
    ),
    method(
      "mock_tool_returns",
      "Lets a tool give a fixed value.",
      ["nil"],
      [tool, { name: "value", types: ["any"], required: true, doc: "The value." }],
    ),
    method("run_procedure", "Runs the procedure of the scenario.", ["any"]),
  ],
};

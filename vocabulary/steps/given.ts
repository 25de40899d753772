import { commonParameters } from "./parameters.ts";
import type { StepEntry } from "./step-entry.ts";

const { agent, input, tool, value } = commonParameters;

/** Steps that prepare a run. */
export const givenSteps: readonly StepEntry[] = [
  {
    name: "parameter-equals",
    keyword: "Given",
    pattern: "the {input} parameter is {value}",
    doc: "The run was given this value; it is compared, not set.",
    parameters: [input, value],
    example: "the topic parameter is weather",
  },
  {
    name: "input-text",
    keyword: "Given",
    pattern: 'the input {input} is "{text}"',
    doc: "Gives the procedure a text.",
    parameters: [input, { name: "text", kind: "text", doc: "The text." }],
    example: 'the input name is "Ada"',
  },
  {
    name: "input-list",
    keyword: "Given",
    pattern: "the input {input} is [{items}]",
    doc: "Gives the procedure a list.",
    parameters: [input, { name: "items", kind: "list", doc: "Values with commas between them." }],
    example: "the input scores is [1, 2, 3]",
  },
  {
    name: "input-number",
    keyword: "Given",
    pattern: "the input {input} is {number}",
    doc: "Gives the procedure a number.",
    parameters: [input, { name: "number", kind: "number", doc: "The number." }],
    example: "the input count is 5",
  },
  {
    name: "agent-responds",
    keyword: "Given",
    pattern: 'the agent "{agent}" responds with {response}',
    doc: "The agent's model is not called: its next turn gives this text.",
    parameters: [agent, { name: "response", kind: "text", doc: "The text, in quotes or not." }],
    example: 'the agent "writer" responds with "Here it is."',
  },
  {
    name: "agent-calls-tool",
    keyword: "Given",
    pattern: 'the agent "{agent}" calls tool "{tool}" with args {arguments}',
    doc: "In that turn the agent calls the tool as well.",
    parameters: [agent, tool, { name: "arguments", kind: "json", doc: 'Arguments: {"reason": "finished"}.' }],
    example: 'the agent "writer" calls tool "done" with args {"reason": "finished"}',
  },
  {
    name: "agent-returns-data",
    keyword: "Given",
    pattern: 'the agent "{agent}" returns data {data}',
    doc: "The agent's model is not called: its next turn gives these fields.",
    parameters: [agent, { name: "data", kind: "json", doc: 'The fields: {"score": 0.9}.' }],
    example: 'the agent "judge" returns data {"score": 0.9}',
  },
  {
    name: "time-is",
    keyword: "Given",
    pattern: 'the time is "{time}"',
    doc: "The clock of the procedure starts here. Where models are mocked, waiting moves it and takes no time.",
    parameters: [{ name: "time", kind: "text", doc: "A date, or a date and time in ISO 8601." }],
    example: 'the time is "2026-01-31T09:00:00Z"',
  },
  {
    name: "message-is",
    keyword: "Given",
    pattern: "the message is {message}",
    doc: "What the agent is told; the mocks of agents that follow are for this message.",
    parameters: [{ name: "message", kind: "text", doc: "The text, in quotes or not." }],
    example: 'the message is "Hello"',
  },
];

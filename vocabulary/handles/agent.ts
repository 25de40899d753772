import { turnFields } from "../declarations/agent.ts";
import type { FieldEntry, FunctionEntry, HandleEntry, MemberEntry } from "../entries.ts";
import { agentMessage } from "../messages.ts";
import { method } from "./method.ts";

const usageFields: readonly FieldEntry[] = [
  { name: "prompt_tokens", types: ["integer"], doc: "Tokens that were sent." },
  { name: "completion_tokens", types: ["integer"], doc: "Tokens that came back." },
  { name: "total_tokens", types: ["integer"], doc: "Both together." },
];

const costFields: readonly FieldEntry[] = [
  {
    name: "total_cost",
    types: ["number"],
    doc: "US dollars in all, by list prices; 0 when nobody knows a price of the model.",
  },
  { name: "prompt_cost", types: ["number"], status: "declared", doc: "US dollars for what was sent." },
  { name: "completion_cost", types: ["number"], status: "declared", doc: "US dollars for what came back." },
  { name: "model", types: ["text"], doc: "The model that answered." },
  { name: "provider", types: ["text"], doc: "Its provider." },
];

const callDoc =
  "Makes one turn: the model answers, and calls tools until it has an answer. The text, or `message`, is what the user says; every other key that is no option fills `{input.…}` of the prompt. The whole turn is one checkpoint.";

const call: FunctionEntry = {
  name: "agent",
  doc: callDoc,
  example: 'local result = writer({message = "Go on", topic = input.topic})\nreturn {reply = result.output}',
  parameters: [
    {
      name: "options",
      types: ["table", "text"],
      fields: turnFields,
      isOpen: true,
      doc: "The message, or a table with the message and what is different in this turn. Without it a first turn sends `initial_message`.",
    },
  ],
  returns: ["handle"],
  returnsHandle: "turn",
  effect: "checkpointed",
  checkpoint: "agent_turn",
};

const usage: MemberEntry = {
  name: "usage",
  types: ["table"],
  fields: usageFields,
  doc: "Tokens of all requests of the turn, repeated attempts included.",
};

/** What `x = Agent {…}` gives back (language.md §2.1; part B §1.8). */
export const agentHandle: HandleEntry = {
  name: "agent",
  doc: "A declared agent. Call it for a turn; it remembers what was said before in this run.",
  call,
  members: [
    { name: "name", types: ["text"], doc: "The name that it was declared under." },
    {
      name: "output",
      types: ["text", "nil"],
      doc: "The answer of its last turn, as text; nil before the first.",
    },
    { ...usage, doc: "Tokens of all its turns so far." },
    method("cost", "US dollars that all its turns have cost so far.", ["table"], [], {
      returnFields: costFields,
    }),
    { name: "history", types: ["handle"], handle: "history", doc: "Its messages, apart from other agents'." },
    method("get_history", "Its messages as a list, oldest first.", ["list"], [], {
      returnsEach: agentMessage,
    }),
    method("clear_history", "Forgets its messages; the next turn counts as its first.", ["nil"]),
  ],
};

/** What a turn gives back (part B §1.7). */
export const turnHandle: HandleEntry = {
  name: "turn",
  doc: "The result of a turn. As text, `tostring(result)`, it is the answer.",
  members: [
    {
      name: "output",
      types: ["any"],
      doc: "The answer: the fields of the agent's `output`; else a text, or a value when the text is JSON.",
    },
    usage,
    method("cost", "US dollars that the turn cost, and the model.", ["table"], [], {
      returnFields: costFields,
    }),
    {
      name: "cost_stats",
      types: ["table"],
      fields: costFields,
      doc: "The same as `cost()`, without a call.",
    },
    {
      name: "value",
      types: ["any"],
      aliasOf: "output",
      deprecated: "output",
      doc: "Older name of `output`.",
    },
    {
      name: "message",
      types: ["text"],
      aliasOf: "output",
      deprecated: "output",
      doc: "The answer as text; older name of `output`.",
    },
    {
      name: "response",
      types: ["text"],
      aliasOf: "output",
      deprecated: "output",
      doc: "The answer as text; older name of `output`.",
    },
  ],
};

/** The messages of an agent, and what `History()` makes (part B §1.8). */
export const historyHandle: HandleEntry = {
  name: "history",
  doc: "A list of messages.",
  members: [
    method("get", "The messages, oldest first.", ["list"], [], { returnsEach: agentMessage }),
    method("clear", "Removes all messages.", ["nil"]),
    method(
      "add",
      "Adds a message at the end.",
      ["nil"],
      [{ name: "message", ...agentMessage, required: true, doc: "A table with `role` and `content`." }],
    ),
    method(
      "truncate",
      "Keeps the first messages only.",
      ["nil"],
      [{ name: "count", types: ["integer"], required: true, doc: "How many stay." }],
    ),
    method("count_tokens", "About how many tokens the messages have, 4 characters each.", ["integer"], []),
  ],
};

/** What `Message {…}` makes (language.md §2.13). */
export const messageHandle: HandleEntry = {
  name: "message",
  doc: "One message.",
  members: [
    { name: "role", types: ["text"], doc: "Who says it." },
    { name: "content", types: ["text"], doc: "What is said." },
    { name: "metadata", types: ["table"], doc: "The other keys that it was made with." },
  ],
};

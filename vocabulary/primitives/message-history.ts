import type { FieldEntry, FunctionEntry, PrimitiveEntry } from "../entries.ts";
import { keptMessage } from "../messages.ts";

const count: FieldEntry = { name: "n", types: ["integer"], required: true, doc: "How many." };
const tokens: FieldEntry = {
  name: "max",
  types: ["integer"],
  required: true,
  doc: "Most tokens, 4 characters each.",
};

const reading: readonly FunctionEntry[] = [
  { name: "get", parameters: [], returns: ["list"], doc: "All messages, oldest first." },
  {
    name: "head",
    parameters: [count],
    returns: ["list"],
    doc: "The first n messages; none when n is 0 or less.",
  },
  {
    name: "tail",
    parameters: [count],
    returns: ["list"],
    doc: "The last n messages; none when n is 0 or less.",
  },
  {
    name: "slice",
    parameters: [
      {
        name: "options",
        types: ["table"],
        fields: [
          { name: "start", types: ["integer"], default: 1, doc: "First position, from 1." },
          { name: "stop", types: ["integer"], doc: "Last position, included; the end unless said." },
        ],
        doc: "From where to where; without it there are none.",
      },
    ],
    returns: ["list"],
    doc: "The messages between two positions.",
    example: "MessageHistory.slice {start = 2, stop = 4}",
  },
  {
    name: "tail_tokens",
    parameters: [tokens],
    returns: ["list"],
    doc: "The last messages that fit into so many tokens.",
  },
];

const changing: readonly FunctionEntry[] = [
  {
    name: "append",
    parameters: [
      {
        name: "message",
        ...keptMessage,
        types: ["any"],
        required: true,
        doc: "A table with `role` and `content`; anything else is what the user says.",
      },
    ],
    returns: ["nil"],
    doc: "Adds a message at the end.",
    example: 'MessageHistory.append {role = "user", content = "Hello"}',
  },
  {
    name: "inject_system",
    parameters: [{ name: "text", types: ["text"], required: true, doc: "Its text." }],
    returns: ["nil"],
    doc: "Adds a system message at the end.",
  },
  { name: "keep_head", parameters: [count], returns: ["nil"], doc: "Drops all but the first n messages." },
  { name: "keep_tail", parameters: [count], returns: ["nil"], doc: "Drops all but the last n messages." },
  {
    name: "keep_tail_tokens",
    parameters: [tokens],
    returns: ["nil"],
    doc: "Drops all but the last messages that fit into so many tokens.",
  },
  { name: "clear", parameters: [], returns: ["nil"], doc: "Drops all messages." },
  {
    name: "replace",
    parameters: [
      { name: "messages", types: ["list"], each: keptMessage, required: true, doc: "The new messages." },
    ],
    returns: ["nil"],
    doc: "Puts other messages in place of all.",
  },
  {
    name: "reset",
    parameters: [
      {
        name: "options",
        types: ["table", "text"],
        fields: [
          {
            name: "keep",
            types: ["text"],
            default: "system_prefix",
            values: ["system_prefix", "system_all", "none"],
            valueDocs: {
              system_prefix: "The system messages at the start.",
              system_all: "All system messages.",
              none: "Nothing.",
            },
            doc: "What stays.",
          },
        ],
        doc: "What stays; the word alone is enough.",
      },
    ],
    returns: ["nil"],
    doc: "Drops the messages but for system messages.",
  },
];

const rewinding: readonly FunctionEntry[] = [
  { name: "rewind", parameters: [count], returns: ["nil"], doc: "Drops the last n messages." },
  {
    name: "checkpoint",
    parameters: [{ name: "name", types: ["text"], doc: "Name of the place." }],
    returns: ["integer", "nil"],
    doc: "Remembers the place of the last message and gives its number; nil when there is none. It is no checkpoint of the run.",
  },
  {
    name: "rewind_to",
    parameters: [
      { name: "place", types: ["integer", "text"], required: true, doc: "Number of a message, or a name." },
    ],
    returns: ["nil"],
    doc: "Drops what came after a place; one that is unknown changes nothing.",
  },
];

/** `MessageHistory` (language.md part B §2.13). */
export const messageHistoryPrimitive: PrimitiveEntry = {
  name: "MessageHistory",
  doc: "A list of messages of the procedure's own. Agents don't read it; each has its own history.",
  phase: "procedure",
  functions: [...reading.map((entry) => ({ ...entry, returnsEach: keptMessage })), ...changing, ...rewinding],
};

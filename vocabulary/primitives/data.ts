import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const path: FieldEntry = {
  name: "path",
  types: ["text"],
  required: true,
  refersTo: "path",
  doc: "Relative to the workspace.",
};

/** `File` (language.md part B §2.8). */
export const filePrimitive: PrimitiveEntry = {
  name: "File",
  doc: "Files of the workspace; nothing outside of it can be reached.",
  functions: [
    { name: "read", parameters: [path], returns: ["text"], effect: "external", doc: "The whole file." },
    {
      name: "write",
      parameters: [path, { name: "content", types: ["text"], required: true, doc: "The new content." }],
      returns: ["boolean"],
      effect: "external",
      doc: "Writes a file, with the folders it needs.",
    },
    {
      name: "exists",
      parameters: [path],
      returns: ["boolean"],
      effect: "external",
      doc: "Whether there is such a file.",
    },
    {
      name: "size",
      parameters: [path],
      returns: ["integer"],
      effect: "external",
      doc: "Its size in bytes.",
    },
  ],
};

/** `Json` (language.md part B §2.9). */
export const jsonPrimitive: PrimitiveEntry = {
  name: "Json",
  doc: "JSON text to and from Lua values.",
  functions: [
    {
      name: "encode",
      parameters: [{ name: "value", types: ["any"], required: true, doc: "The value." }],
      returns: ["text"],
      doc: "The value as JSON.",
    },
    {
      name: "decode",
      parameters: [{ name: "text", types: ["text"], required: true, doc: "JSON." }],
      returns: ["any"],
      doc: "The value of the text.",
    },
  ],
};

const logParameters: readonly FieldEntry[] = [
  { name: "message", types: ["text"], required: true, doc: "The message." },
  { name: "context", types: ["table"], doc: "Data beside it." },
];
const levels = ["debug", "info", "warn", "warning", "error"];

/** `Log` (language.md part B §2.6). */
export const logPrimitive: PrimitiveEntry = {
  name: "Log",
  doc: "Messages for whoever watches the run.",
  functions: levels.map((level) => ({
    name: level,
    parameters: logParameters,
    returns: ["nil"],
    doc: `Logs at level ${level === "warning" ? "warn" : level}.`,
  })),
};

const messages: FieldEntry = { name: "n", types: ["integer"], required: true, doc: "How many." };
const tokens: FieldEntry = { name: "max", types: ["integer"], required: true, doc: "Most tokens." };

/** `MessageHistory` (language.md part B §2.13). */
export const messageHistoryPrimitive: PrimitiveEntry = {
  name: "MessageHistory",
  doc: "A list of messages of the procedure's own; agents don't read it.",
  status: "declared",
  functions: [
    {
      name: "append",
      parameters: [{ name: "message", types: ["table", "text"], required: true, doc: "The message." }],
      returns: ["nil"],
      doc: "Adds a message.",
    },
    {
      name: "inject_system",
      parameters: [{ name: "text", types: ["text"], required: true, doc: "Its text." }],
      returns: ["nil"],
      doc: "Adds a system message.",
    },
    { name: "get", parameters: [], returns: ["list"], doc: "All messages." },
    { name: "head", parameters: [messages], returns: ["list"], doc: "The first ones." },
    { name: "tail", parameters: [messages], returns: ["list"], doc: "The last ones." },
    {
      name: "slice",
      parameters: [
        {
          name: "options",
          types: ["table"],
          fields: [
            { name: "start", types: ["integer"], default: 1, doc: "First position." },
            { name: "stop", types: ["integer"], doc: "Last position." },
          ],
          doc: "Positions from 1.",
        },
      ],
      returns: ["list"],
      doc: "Messages between two positions.",
    },
    {
      name: "tail_tokens",
      parameters: [tokens],
      returns: ["list"],
      doc: "The last ones within some tokens.",
    },
    { name: "keep_head", parameters: [messages], returns: ["nil"], doc: "Keeps the first ones." },
    { name: "keep_tail", parameters: [messages], returns: ["nil"], doc: "Keeps the last ones." },
    {
      name: "keep_tail_tokens",
      parameters: [tokens],
      returns: ["nil"],
      doc: "Keeps the last ones within some tokens.",
    },
    { name: "clear", parameters: [], returns: ["nil"], doc: "Empties the list." },
    {
      name: "replace",
      parameters: [{ name: "messages", types: ["list"], required: true, doc: "The new list." }],
      returns: ["nil"],
      doc: "Sets the whole list.",
    },
    {
      name: "reset",
      parameters: [
        { name: "options", types: ["table", "text"], doc: "What stays: system_prefix, system_all or none." },
      ],
      returns: ["nil"],
      doc: "Empties the list but for system messages.",
    },
    { name: "rewind", parameters: [messages], returns: ["nil"], doc: "Drops the last ones." },
    {
      name: "checkpoint",
      parameters: [{ name: "name", types: ["text"], doc: "Name of the place." }],
      returns: ["integer", "nil"],
      doc: "Remembers the place of the last message.",
    },
    {
      name: "rewind_to",
      parameters: [
        { name: "place", types: ["integer", "text"], required: true, doc: "Id of a message, or a name." },
      ],
      returns: ["nil"],
      doc: "Drops what came after a place.",
    },
  ],
};

import type { ModuleEntry } from "../entries.ts";

/** Tools that come with the language (language.md part B §4.1). */
export const toolModules: readonly ModuleEntry[] = [
  {
    name: "tactus.tools.done",
    doc: "A tool that says the work is finished. When an agent calls it, its turn ends: further calls of the same answer are skipped.",
    example:
      'local done = require("tactus.tools.done")\nworker = Agent { tools = {done}, … }\nrepeat worker() until done.called()',
    exports: [],
    handle: "tool",
    call: {
      name: "done",
      doc: "Says that the work is finished.",
      parameters: [
        {
          name: "args",
          types: ["table"],
          fields: [
            { name: "reason", types: ["text"], default: "Task completed", doc: "Why it is finished." },
          ],
          doc: "Its arguments.",
        },
      ],
      returns: ["table"],
      returnFields: [
        { name: "status", types: ["text"], values: ["completed"], doc: "How it ended." },
        { name: "reason", types: ["text"], doc: "Why it is finished." },
        { name: "tool", types: ["text"], values: ["done"], doc: "Name of the tool." },
      ],
    },
  },
  {
    name: "tactus.tools.log",
    doc: "A tool that writes to the log of the run.",
    example: 'local log = require("tactus.tools.log")\nworker = Agent { tools = {log}, … }',
    exports: [],
    handle: "tool",
    call: {
      name: "log",
      doc: "Writes a message to the log.",
      parameters: [
        {
          name: "args",
          types: ["table"],
          required: true,
          fields: [
            { name: "message", types: ["text"], required: true, doc: "What to log." },
            {
              name: "level",
              types: ["text"],
              default: "info",
              values: ["debug", "info", "warn", "error"],
              doc: "How bad it is.",
            },
            { name: "data", types: ["table"], isOpen: true, doc: "Data beside it." },
          ],
          doc: "Its arguments.",
        },
      ],
      returns: ["table"],
      returnFields: [
        { name: "logged", types: ["boolean"], doc: "True." },
        { name: "level", types: ["text"], doc: "The level that was used." },
        { name: "message", types: ["text"], doc: "What was logged." },
      ],
    },
  },
];

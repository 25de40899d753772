import type { HandleEntry } from "../entries.ts";

/** What `Task {…}` and `TaskFunction(fn)` give back (language.md §2.11). */
export const taskHandles: readonly HandleEntry[] = [
  {
    name: "task",
    doc: "The table of a declared task, to be put into another one as its child.",
    isOpen: true,
    members: [],
  },
  {
    name: "taskFunction",
    doc: "A function whose calls are put off until the task runs.",
    call: {
      name: "taskFunction",
      doc: "Gives a function that will call the original with this table.",
      example: 'index = Task { entry = build { corpus = "notes" } }',
      parameters: [{ name: "args", types: ["table"], isOpen: true, doc: "The arguments." }],
      returns: ["function"],
    },
    members: [],
  },
];

import type { DeclarationEntry } from "../entries.ts";

/** `Task "name" { … }` (language.md §2.11). */
export const taskDeclaration: DeclarationEntry = {
  name: "Task",
  doc: "Something that can be run by its name; tasks may contain tasks.",
  status: "declared",
  forms: ["curried", "assigned"],
  fields: [
    { name: "entry", types: ["function"], doc: "What it does; the value is the result." },
    { name: "depends_on", types: ["text", "list"], doc: "Tasks that run before." },
    {
      name: "provides",
      types: ["table", "list"],
      doc: "What it makes: load, extract, index or query, of what.",
    },
  ],
};

/** `TaskFunction(fn)` (language.md §2.11). */
export const taskFunctionDeclaration: DeclarationEntry = {
  name: "TaskFunction",
  doc: "Makes a function whose calls run later, as the entry of a task.",
  status: "declared",
  forms: ["call"],
  fields: [],
};

/** `IncludeTasks("path")` (language.md §1.6). */
export const includeTasksDeclaration: DeclarationEntry = {
  name: "IncludeTasks",
  doc: "Takes the tasks of another file, under a namespace if one is given.",
  status: "declared",
  forms: ["call", "bare"],
  fields: [
    { name: "path", types: ["text"], required: true, doc: "The file, relative to this one." },
    { name: "namespace", types: ["text"], doc: "Task that gets them as children." },
  ],
};

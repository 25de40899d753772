import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const kinds = {
  load: "Fetches texts.",
  extract: "Takes texts out of files.",
  index: "Builds the index of a retriever.",
  query: "Looks something up.",
  fetch: "The same as `load`.",
  sync: "The same as `load`.",
  build: "The same as `index`.",
  run: "The same as `query`.",
};

const providedFields: readonly FieldEntry[] = [
  {
    name: "kind",
    types: ["text"],
    required: true,
    values: Object.keys(kinds),
    valueDocs: kinds,
    doc: "What the task does.",
  },
  {
    name: "corpus",
    types: ["handle", "text"],
    refersTo: "corpus",
    handle: "corpus",
    doc: "For which corpus.",
  },
  {
    name: "retriever",
    types: ["handle", "text"],
    refersTo: "retriever",
    handle: "retriever",
    doc: "For which retriever.",
  },
];

/** `Task "name" { … }` (language.md §2.11). */
export const taskDeclaration: DeclarationEntry = {
  name: "Task",
  doc: "Something of the file that can be run by its name. Tasks in other tasks are named `parent:child`; a name has no colon of its own.",
  example: 'Task "report" { depends_on = "collect", entry = function() return build() end }',
  forms: ["curried", "assigned"],
  phase: "declaration",
  firstText: "name",
  namedByVariable: true,
  isOpen: true,
  handle: "task",
  fields: [
    {
      name: "entry",
      types: ["function"],
      parameters: [],
      doc: "What it does; it takes no arguments, and its value is the result. A task without it only holds others.",
    },
    {
      name: "depends_on",
      types: ["text", "list"],
      refersTo: "task",
      each: { types: ["text"], refersTo: "task" },
      doc: "Tasks that run before, by name.",
    },
    {
      name: "provides",
      types: ["table", "list"],
      fields: providedFields,
      each: { types: ["table"], fields: providedFields },
      doc: "What it does for a corpus or a retriever, so that it runs when that is needed.",
    },
  ],
};

/** `TaskFunction(fn)` (language.md §2.11). */
export const taskFunctionDeclaration: DeclarationEntry = {
  name: "TaskFunction",
  doc: "Makes a function whose calls run later, for the `entry` of a task.",
  example: 'build = TaskFunction(function(args) … end)\nindex = Task { entry = build {corpus = "notes"} }',
  forms: ["call"],
  phase: "both",
  handle: "taskFunction",
  parameters: [
    {
      name: "fn",
      types: ["function"],
      required: true,
      parameters: [
        { name: "args", types: ["table"], required: true, isOpen: true, doc: "The table of the call." },
      ],
      doc: "What runs later.",
    },
  ],
  fields: [],
};

/** `IncludeTasks("path")` (language.md §1.6). */
export const includeTasksDeclaration: DeclarationEntry = {
  name: "IncludeTasks",
  doc: "Takes the tasks of another file, which may declare nothing but tasks. With a namespace they become children of a task of that name.",
  example: 'IncludeTasks("tasks/index.tac", "index")',
  forms: ["call", "bare"],
  phase: "declaration",
  firstText: "content",
  parameters: [
    {
      name: "path",
      types: ["text"],
      required: true,
      refersTo: "path",
      doc: "The file, relative to this one; a text as it is.",
    },
    { name: "namespace", types: ["text"], doc: "Task that gets them as children; it must not exist yet." },
  ],
  fields: [
    {
      name: "path",
      types: ["text"],
      required: true,
      refersTo: "path",
      doc: "The file, relative to this one.",
    },
    { name: "namespace", types: ["text"], doc: "Task that gets them as children; it must not exist yet." },
  ],
};

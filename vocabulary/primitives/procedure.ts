import type { FieldEntry, FunctionEntry, PrimitiveEntry } from "../entries.ts";

const file: FieldEntry = {
  name: "file",
  types: ["text"],
  required: true,
  refersTo: "path",
  doc: "The file, with or without .tac.",
};
const params: FieldEntry = {
  name: "params",
  types: ["table"],
  isOpen: true,
  doc: "Its inputs by name; defaults are filled in.",
};
const handle: FieldEntry = {
  name: "handle",
  types: ["handle"],
  handle: "procedureRun",
  required: true,
  doc: "What `Procedure.spawn` gave.",
};
const handles: FieldEntry = {
  name: "handles",
  types: ["list"],
  each: { types: ["handle"], handle: "procedureRun" },
  required: true,
  doc: "What `Procedure.spawn` gave, in a list.",
};

const statusFields: readonly FieldEntry[] = [
  { name: "procedure_id", types: ["text"], doc: "Which run it is." },
  { name: "name", types: ["text"], doc: "Name of the procedure." },
  {
    name: "status",
    types: ["text"],
    values: ["running", "completed", "failed", "cancelled"],
    doc: "How it stands.",
  },
  { name: "result", types: ["any"], doc: "What it gave." },
  { name: "error", types: ["text", "nil"], doc: "What went wrong." },
  { name: "started_at", types: ["text"], doc: "When it began." },
  { name: "completed_at", types: ["text", "nil"], doc: "When it ended." },
];

const running = { checkpoint: "procedure_call", effect: "checkpointed" } as const;

/** Running other files inside this run (language.md part B §2.12). */
const runFunctions: readonly FunctionEntry[] = [
  {
    name: "run",
    parameters: [file, params],
    returns: ["any"],
    ...running,
    doc: "Runs another file to its end and gives its result. Without such a file, a procedure of this one is run.",
    example: 'local report = Procedure.run("report", {month = 5})',
  },
  {
    name: "spawn",
    parameters: [file, params],
    returns: ["handle"],
    returnsHandle: "procedureRun",
    doc: "Notes that another file is to run. It runs when it is first waited for or asked about, else when this procedure ends.",
    example: 'local handle = Procedure.spawn("report", {month = 5})\nlocal report = Procedure.wait(handle)',
  },
  {
    name: "status",
    parameters: [handle],
    returns: ["table"],
    returnFields: statusFields,
    ...running,
    doc: "Runs it unless it has ended, and tells how it stands.",
  },
  {
    name: "wait",
    parameters: [handle, { name: "timeout", types: ["number"], doc: "Most seconds; then it is an error." }],
    returns: ["any"],
    ...running,
    doc: "Runs it unless it has ended, and gives its result; its failure is raised.",
  },
  {
    name: "result",
    parameters: [handle],
    returns: ["any"],
    ...running,
    doc: "The same as `wait` without a time.",
  },
  {
    name: "wait_any",
    parameters: [handles],
    returns: ["handle"],
    returnsHandle: "procedureRun",
    ...running,
    doc: "Gives the first that has ended; when none has, runs the first of the list.",
  },
  {
    name: "wait_all",
    parameters: [handles],
    returns: ["list"],
    ...running,
    doc: "Runs all that have not ended and gives their results in order.",
  },
  {
    name: "is_complete",
    parameters: [handle],
    returns: ["boolean"],
    ...running,
    doc: "Runs it unless it has ended; gives true.",
  },
  {
    name: "all_complete",
    parameters: [handles],
    returns: ["boolean"],
    ...running,
    doc: "Runs all that have not ended; gives true.",
  },
  {
    name: "cancel",
    parameters: [handle],
    returns: ["nil"],
    doc: "What did not begin to run yet never will.",
  },
  {
    name: "inject",
    parameters: [handle, { name: "message", types: ["text"], required: true, doc: "The message." }],
    returns: ["nil"],
    doc: "Has no effect but a warning: a procedure takes no messages.",
  },
];

/** Waits that outlive the process (language.md part B §3.5). */
const waitFunctions: readonly FunctionEntry[] = [
  {
    name: "defer",
    parameters: [
      {
        name: "options",
        types: ["table"],
        required: true,
        doc: "Until when.",
        fields: [
          { name: "key", types: ["text"], required: true, doc: "Name of the wait." },
          {
            name: "resume_at",
            types: ["text"],
            required: true,
            doc: 'When to go on, as ISO 8601 with a zone: "2026-03-01T08:00:00Z".',
          },
          { name: "reason", types: ["text"], required: true, doc: "Why, for people." },
        ],
      },
    ],
    returns: ["table"],
    returnFields: [
      { name: "completed", types: ["boolean"], doc: "True." },
      { name: "key", types: ["text"], doc: "Name of the wait." },
      { name: "resume_at", types: ["text"], doc: "When it was due." },
      { name: "reason", types: ["text"], doc: "Why." },
    ],
    checkpoint: "scheduled_continuation",
    effect: "checkpointed",
    doc: "Ends the run until a time; `runs resume` then goes on here. A time that is past goes on at once.",
  },
  {
    name: "await_children",
    parameters: [
      {
        name: "options",
        types: ["table"],
        required: true,
        doc: "What to wait for.",
        fields: [
          {
            name: "children",
            types: ["list"],
            required: true,
            each: {
              types: ["table"],
              isOpen: true,
              fields: [
                {
                  name: "id",
                  types: ["text"],
                  required: true,
                  doc: "Which run; no two are the same.",
                },
              ],
            },
            doc: "The runs.",
          },
          {
            name: "mode",
            types: ["text"],
            default: "all",
            values: ["all", "any"],
            doc: "Whether to wait for all or for the first.",
          },
        ],
      },
    ],
    returns: ["table"],
    returnFields: [
      { name: "children", types: ["list"], doc: "How each stands." },
      { name: "complete", types: ["boolean"], doc: "True." },
    ],
    checkpoint: "external_children_wait",
    effect: "checkpointed",
    doc: "Ends the run until other runs of the workspace have ended; `runs resume` then goes on here.",
  },
];

/** `Procedure`, while a procedure runs (language.md part B §2.12). */
export const procedurePrimitive: PrimitiveEntry = {
  name: "Procedure",
  doc: "While a procedure runs: finds procedures of this file, and runs those of others.",
  phase: "procedure",
  call: {
    name: "Procedure",
    parameters: [
      {
        name: "name",
        types: ["text"],
        required: true,
        refersTo: "procedure",
        doc: "Name of a procedure of this file.",
      },
    ],
    returns: ["handle"],
    returnsHandle: "procedure",
    doc: "The procedure of that name, to be called with its inputs; an error when there is none.",
    example: 'local summary = Procedure("summarize")({text = page})',
  },
  functions: [...runFunctions, ...waitFunctions],
};

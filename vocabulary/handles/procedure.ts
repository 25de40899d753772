import type { HandleEntry } from "../entries.ts";

/** What `Procedure {…}` and `Procedure("name")` give back (language.md §2.2; part B §2.12). */
export const procedureHandle: HandleEntry = {
  name: "procedure",
  doc: "A procedure of this file; it can be called while another one runs.",
  call: {
    name: "procedure",
    doc: "Runs the procedure to its end and gives its outputs. Inputs are checked, defaults filled in. The whole call is one checkpoint.",
    example: "local summary = summarize({text = page})",
    parameters: [{ name: "input", types: ["table"], isOpen: true, doc: "Its inputs by name." }],
    returns: ["any"],
    effect: "checkpointed",
    checkpoint: "procedure_call",
  },
  members: [{ name: "name", types: ["text"], doc: "The name that it was declared under." }],
};

/** What `Procedure.spawn` gives back. */
export const procedureRunHandle: HandleEntry = {
  name: "procedureRun",
  doc: "A file that is to run inside this run; give it to `Procedure.wait` and its kin.",
  members: [
    { name: "procedure_id", types: ["text"], doc: "Which run it is." },
    { name: "name", types: ["text"], doc: "Name of the procedure." },
    {
      name: "status",
      types: ["text"],
      doc: "`running` (also before it began), `completed`, `failed` or `cancelled`.",
    },
    { name: "result", types: ["any"], doc: "What it gave, once it has ended." },
    { name: "error", types: ["text", "nil"], doc: "What went wrong." },
  ],
};

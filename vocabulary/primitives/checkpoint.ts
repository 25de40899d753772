import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const body: FieldEntry = {
  name: "fn",
  types: ["function"],
  required: true,
  doc: "Runs the first time; a resumed run takes its recorded value.",
};
const position: FieldEntry = { name: "position", types: ["integer"], required: true, doc: "Counts from 0." };

/** `Step` (language.md part B §2.5). */
export const stepPrimitive: PrimitiveEntry = {
  name: "Step",
  doc: "Records what must not happen twice.",
  functions: [
    {
      name: "checkpoint",
      parameters: [body],
      returns: ["any"],
      checkpoint: "explicit_checkpoint",
      doc: "The first value of the function, recorded.",
    },
  ],
};

/** `checkpoint(fn)`, the short form. */
export const checkpointFunction: PrimitiveEntry = {
  name: "checkpoint",
  doc: "Short for Step.checkpoint.",
  call: {
    name: "checkpoint",
    parameters: [body],
    returns: ["any"],
    checkpoint: "explicit_checkpoint",
    doc: "The first value of the function, recorded.",
  },
  functions: [],
};

/** `Checkpoint` (language.md part B §2.5). */
export const checkpointPrimitive: PrimitiveEntry = {
  name: "Checkpoint",
  doc: "Looks at the recorded checkpoints, and drops them.",
  functions: [
    {
      name: "next_position",
      parameters: [],
      returns: ["integer"],
      doc: "Position that the next checkpoint takes.",
    },
    { name: "exists", parameters: [position], returns: ["boolean"], doc: "Whether one is recorded there." },
    { name: "get", parameters: [position], returns: ["any"], doc: "The recorded value." },
    { name: "clear_all", parameters: [], returns: ["nil"], doc: "Drops all." },
    {
      name: "clear_after",
      parameters: [position],
      returns: ["nil"],
      doc: "Drops that one and all later ones.",
    },
  ],
};

import type { FieldEntry, FunctionEntry, PrimitiveEntry } from "../entries.ts";

const position: FieldEntry = {
  name: "position",
  types: ["integer", "text"],
  required: true,
  doc: "Which checkpoint; they count from 0.",
};

const checkpoint: FunctionEntry = {
  name: "checkpoint",
  parameters: [
    {
      name: "fn",
      types: ["function", "text"],
      required: true,
      parameters: [],
      doc: "What happens once; or a name for the step, with the function after it.",
    },
    { name: "body", types: ["function"], parameters: [], since: "0.1.0", doc: "The function, after a name." },
  ],
  returns: ["any"],
  checkpoint: "explicit_checkpoint",
  effect: "checkpointed",
  doc: "Runs the function once and records its first value; a run that is resumed takes the record instead. The value must be data: no functions, no handles. An error is passed on and nothing is recorded.",
  example:
    "local now = Step.checkpoint(os.time)\nlocal page = Step.checkpoint(function() return File.read(path) end)",
};

/** `Step` (language.md part B §2.5). */
export const stepPrimitive: PrimitiveEntry = {
  name: "Step",
  doc: "Records what must not happen twice: clocks, random numbers, files, host tools, direct calls of tools.",
  phase: "procedure",
  functions: [checkpoint],
};

/** `checkpoint(fn)`, the short form. */
export const checkpointFunction: PrimitiveEntry = {
  name: "checkpoint",
  doc: "Short for `Step.checkpoint`.",
  phase: "procedure",
  call: { ...checkpoint, example: "local now = checkpoint(os.time)" },
  functions: [],
};

/** `Checkpoint` (language.md part B §2.5). */
export const checkpointPrimitive: PrimitiveEntry = {
  name: "Checkpoint",
  doc: "Looks at the recorded checkpoints, and drops them.",
  phase: "procedure",
  functions: [
    {
      name: "next_position",
      parameters: [],
      returns: ["integer"],
      doc: "The position that the next checkpoint takes, from 0.",
    },
    {
      name: "exists",
      parameters: [position],
      returns: ["boolean"],
      doc: "Whether a checkpoint is recorded there.",
    },
    {
      name: "get",
      parameters: [position],
      returns: ["any"],
      doc: "The recorded value; nil when there is none. The run does not move on.",
    },
    { name: "clear_all", parameters: [], returns: ["nil"], doc: "Drops all checkpoints at once." },
    {
      name: "clear_after",
      parameters: [position],
      returns: ["nil"],
      doc: "Drops that checkpoint and all later ones.",
    },
  ],
};

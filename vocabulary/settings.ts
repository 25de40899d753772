import type { FieldEntry } from "./entries.ts";

/** Settings of a whole file, `name("value")` or `name = "value"` (language.md §1.4). */
export const fileSettings: readonly FieldEntry[] = [
  {
    name: "default_provider",
    types: ["text"],
    refersTo: "provider",
    doc: "Provider of agents declared afterwards without one.",
  },
  {
    name: "default_model",
    types: ["text"],
    refersTo: "modelId",
    doc: "Model of agents declared afterwards without one.",
  },
  { name: "return_prompt", types: ["text"], status: "declared", doc: "Text for a closing summary." },
  { name: "error_prompt", types: ["text"], status: "declared", doc: "Text for a summary of an error." },
  { name: "status_prompt", types: ["text"], status: "declared", doc: "Text for a summary of the state." },
  {
    name: "async",
    types: ["boolean"],
    default: false,
    status: "declared",
    doc: "A mark that nothing reads.",
  },
  {
    name: "max_depth",
    types: ["integer"],
    default: 5,
    status: "declared",
    doc: "How deep procedures of files may nest.",
  },
  {
    name: "max_turns",
    types: ["integer"],
    default: 50,
    status: "declared",
    doc: "Turns meant for the file.",
  },
];

/** Schemas of a file without a Procedure (language.md §1.3). */
export const scriptSchemas: readonly FieldEntry[] = [
  { name: "input", types: ["schema"], doc: "Inputs of a script." },
  { name: "output", types: ["schema"], doc: "Outputs of a script." },
];

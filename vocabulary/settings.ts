import type { FieldEntry } from "./entries.ts";

/** Settings of a whole file, `name("value")` or `name = "value"` (language.md §1.4). */
export const fileSettings: readonly FieldEntry[] = [
  {
    name: "default_provider",
    types: ["text"],
    refersTo: "provider",
    doc: "Provider of the agents that are declared after it and name none.",
    example: 'default_provider("openai")',
  },
  {
    name: "default_model",
    types: ["text"],
    refersTo: "modelId",
    doc: "Model of the agents that are declared after it and name none.",
    example: 'default_model("gpt-4o-mini")',
  },
  {
    name: "return_prompt",
    types: ["text"],
    status: "declared",
    doc: "A text for a closing summary. It is kept, and nothing reads it.",
  },
  {
    name: "error_prompt",
    types: ["text"],
    status: "declared",
    doc: "A text for a summary of an error. It is kept, and nothing reads it.",
  },
  {
    name: "status_prompt",
    types: ["text"],
    status: "declared",
    doc: "A text for a summary of how it stands. It is kept, and nothing reads it.",
  },
  {
    name: "async",
    types: ["boolean"],
    default: false,
    status: "declared",
    doc: "A mark. It is kept, and nothing reads it.",
  },
  {
    name: "max_depth",
    types: ["integer"],
    default: 5,
    doc: "How deep files may run files with `Procedure.run`.",
  },
  {
    name: "max_turns",
    types: ["integer"],
    doc: "Most turns of each agent that is declared afterwards and does not say itself.",
  },
];

/** Schemas of a file without a Procedure (language.md §1.3). */
export const scriptSchemas: readonly FieldEntry[] = [
  {
    name: "input",
    types: ["schema"],
    doc: "At the top of a file: the inputs of a script. Inside of a procedure: the table of its inputs.",
    example: "input {topic = field.string{required = true}}",
  },
  {
    name: "output",
    types: ["schema"],
    doc: "The outputs of a script: what its last `return` gives.",
    example: "output {reply = field.string{required = true}}",
  },
];

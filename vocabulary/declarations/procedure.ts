import type { DeclarationEntry } from "../entries.ts";

/** `Procedure { … }` (language.md §2.2). */
export const procedureDeclaration: DeclarationEntry = {
  name: "Procedure",
  doc: "Code with declared inputs, outputs and state; the unnamed one, or the one called main, is where a run starts.",
  forms: ["bare", "assigned", "curried", "call"],
  handle: "procedure",
  body: { parameters: ["input"], required: true, doc: "What the procedure does; it returns the outputs." },
  fields: [
    {
      name: "input",
      types: ["schema"],
      doc: "Inputs; types, enums and required fields are enforced, defaults filled in.",
    },
    {
      name: "output",
      types: ["schema"],
      doc: "Outputs, or one field for a single value; types and enums are enforced.",
    },
    {
      name: "state",
      types: ["schema"],
      doc: "Fields of the state; their defaults are set before the body runs.",
    },
    {
      name: "run",
      types: ["function"],
      deprecated: "a function without a name",
      doc: "Older place of the body.",
    },
    {
      name: "dependencies",
      types: ["table"],
      status: "declared",
      doc: "Resources that the procedure would like to have.",
    },
  ],
};

import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const bodyParameters: readonly FieldEntry[] = [
  {
    name: "input",
    types: ["table"],
    required: true,
    isOpen: true,
    doc: "The inputs by name; the global `input` is the same table.",
  },
];

/** `Procedure { … }` (language.md §2.2). */
export const procedureDeclaration: DeclarationEntry = {
  name: "Procedure",
  doc: "Code with declared inputs, outputs and state. The one without a name, or the one called `main`, is where a run starts; others are called by their names, each call being one checkpoint.",
  example:
    "Procedure {\n  input = {topic = field.string{required = true}},\n  output = {reply = field.string{required = true}},\n  function(input)\n    return {reply = writer({topic = input.topic}).output}\n  end,\n}",
  forms: ["bare", "assigned", "curried", "call"],
  phase: "declaration",
  inProcedure: "`Procedure(name)` finds a declared procedure",
  firstText: "name",
  namedByVariable: true,
  handle: "procedure",
  parameters: [
    { name: "name", types: ["text"], required: true, doc: "Name of the procedure." },
    { name: "config", types: ["table"], required: true, doc: "Its inputs, outputs and state." },
    { name: "body", types: ["function"], parameters: bodyParameters, doc: "What it does." },
  ],
  body: {
    parameters: bodyParameters,
    required: true,
    orFields: ["run"],
    doc: "What the procedure does. It returns its outputs: a table with the fields of `output`, or one value when `output` is a single field.",
  },
  fields: [
    {
      name: "input",
      types: ["schema"],
      doc: "Inputs by name. Types, enums and required fields are enforced, defaults filled in; inputs that are not declared are left out.",
    },
    {
      name: "output",
      types: ["schema"],
      doc: "Outputs by name, or one field for a single value. Types, enums and required fields are enforced on every path.",
    },
    {
      name: "state",
      types: ["schema"],
      doc: "Values that the run keeps by name; defaults are set before the body runs, and again at each call of a procedure with a name.",
    },
    {
      name: "run",
      types: ["function"],
      parameters: bodyParameters,
      deprecated: "a function without a name",
      doc: "Older place of the body.",
    },
    {
      name: "dependencies",
      types: ["table"],
      isOpen: true,
      status: "declared",
      doc: "Resources that the procedure would like to have; nothing creates them.",
    },
  ],
};

import type { FieldEntry, FunctionEntry, PrimitiveEntry } from "../entries.ts";

const common: readonly FieldEntry[] = [
  { name: "message", types: ["text"], doc: "What is asked." },
  { name: "timeout", types: ["number"], doc: "Seconds to wait; without it there is no end." },
  { name: "default", types: ["any"], doc: "Answer when nobody gives one." },
  {
    name: "config_key",
    types: ["text"],
    refersTo: "hitl",
    doc: "Name of a declared Hitl whose options are used.",
  },
  {
    name: "response_schema",
    types: ["table"],
    status: "declared",
    doc: "JSON Schema that the answer must meet.",
  },
  { name: "ui_schema", types: ["table"], status: "declared", doc: "Hints for a form." },
  { name: "action_key", types: ["text"], status: "declared", doc: "Mark of what is asked for." },
  { name: "resource_refs", types: ["list"], status: "declared", doc: "What it is about." },
  { name: "preconditions", types: ["list"], status: "declared", doc: "What must hold." },
  { name: "expires_at", types: ["text"], status: "declared", doc: "When the question ends." },
];

const options: FieldEntry = { name: "options", types: ["list"], doc: "Choices: texts, or {label=, value=}." };
const context: FieldEntry = { name: "context", types: ["table"], doc: "What a person should know." };

function asking(
  name: string,
  doc: string,
  own: readonly FieldEntry[],
  details: Pick<FunctionEntry, "returns"> & { readonly checkpoint: string },
): FunctionEntry {
  const fields = [...common, ...own];
  const table: FieldEntry = {
    name: "options",
    types: ["table", "text"],
    fields,
    doc: "Options, or the message alone.",
  };
  return { name, doc, parameters: [table], effect: "checkpointed", ...details };
}

const items: FieldEntry = {
  name: "items",
  types: ["list"],
  required: true,
  doc: "The questions.",
  fields: [
    { name: "id", types: ["text"], required: true, doc: "Key of the answer; no two are the same." },
    { name: "label", types: ["text"], required: true, doc: "Title." },
    { name: "type", types: ["text"], required: true, doc: "Kind of question." },
    { name: "message", types: ["text"], required: true, doc: "What is asked." },
    options,
    { name: "default", types: ["any"], doc: "Answer when nobody gives one." },
    { name: "required", types: ["boolean"], default: true, doc: "Whether it must be answered." },
    { name: "metadata", types: ["table"], doc: "Anything else." },
  ],
};

const inputs: FunctionEntry = {
  name: "multiple",
  doc: "Asks several questions at once.",
  parameters: [items],
  returns: ["table"],
  checkpoint: "hitl_inputs",
};

/** `Human` (language.md part B §2.7). */
export const humanPrimitive: PrimitiveEntry = {
  name: "Human",
  doc: "Asks a person, and waits for the answer.",
  functions: [
    asking("approve", "Asks for a yes.", [context], { returns: ["boolean"], checkpoint: "hitl_approval" }),
    asking(
      "input",
      "Asks for a text.",
      [{ name: "placeholder", types: ["text"], default: "", doc: "Shown while it is empty." }],
      { returns: ["text", "nil"], checkpoint: "hitl_input" },
    ),
    asking(
      "review",
      "Shows something and asks what to do with it.",
      [
        { name: "artifact", types: ["any"], doc: "What is shown." },
        { name: "artifact_type", types: ["text"], default: "artifact", doc: "What it is." },
        options,
      ],
      { returns: ["table"], checkpoint: "hitl_review" },
    ),
    asking(
      "select",
      "Asks to choose.",
      [
        options,
        {
          name: "mode",
          types: ["text"],
          default: "single",
          values: ["single", "multiple"],
          doc: "One or several.",
        },
        { name: "style", types: ["text"], doc: "How it is shown." },
        { name: "min", types: ["integer"], doc: "Least choices." },
        { name: "max", types: ["integer"], doc: "Most choices." },
      ],
      { returns: ["any"], checkpoint: "hitl_select" },
    ),
    asking(
      "upload",
      "Asks for a file.",
      [
        { name: "accept", types: ["list", "text"], doc: "Kinds of files." },
        { name: "max_size", types: ["number", "text"], doc: 'Largest size, in bytes or as "10MB".' },
        { name: "multiple", types: ["boolean"], default: false, doc: "Whether there may be several." },
      ],
      { returns: ["any"], checkpoint: "hitl_upload" },
    ),
    asking(
      "escalate",
      "Hands over to a person, without an end of waiting.",
      [context, { name: "severity", types: ["text"], default: "error", doc: "How bad it is." }],
      { returns: ["nil"], checkpoint: "hitl_escalation" },
    ),
    inputs,
    { ...inputs, name: "inputs", deprecated: "Human.multiple" },
    asking(
      "custom",
      "Asks through a component of the host.",
      [
        { name: "component_type", types: ["text"], required: true, doc: "The component." },
        { name: "data", types: ["table"], doc: "What it gets." },
        { name: "actions", types: ["list"], doc: "What can be done." },
      ],
      { returns: ["any"], checkpoint: "hitl_custom" },
    ),
    {
      name: "notify",
      doc: "Tells a person, and goes on.",
      parameters: [
        {
          name: "options",
          types: ["table", "text"],
          fields: [
            { name: "message", types: ["text"], default: "Notification", doc: "What is told." },
            {
              name: "level",
              types: ["text"],
              default: "info",
              values: ["info", "warning", "error"],
              doc: "How bad it is.",
            },
          ],
          doc: "Options, or the message alone.",
        },
      ],
      returns: ["nil"],
    },
  ],
};

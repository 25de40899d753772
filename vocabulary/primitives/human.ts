import type { FieldEntry, FunctionEntry, PrimitiveEntry, Reach } from "../entries.ts";
import { contextField, itemFields, optionsField, questionFields } from "./human-options.ts";

const isRecorded = "The answer is a checkpoint: a resumed run does not ask again.";

type Question = Pick<FunctionEntry, "doc" | "returns"> &
  Partial<Pick<FunctionEntry, "example" | "returnFields">> & {
    readonly checkpoint: string;
    readonly message: string;
    readonly fields?: readonly FieldEntry[];
  };

function question(name: string, { message, fields = [], doc, ...rest }: Question): FunctionEntry {
  const options: FieldEntry = {
    name: "options",
    types: ["table", "text"],
    fields: questionFields(message, fields),
    doc: "Options; a text alone is the message.",
  };
  const reaches = [asks(rest.checkpoint)];
  return {
    name,
    doc: `${doc} ${isRecorded}`,
    parameters: [options],
    effect: "checkpointed",
    reaches,
    ...rest,
  };
}

/** The kind of question that a checkpoint `hitl_<kind>` records. */
function asks(checkpoint: string): Reach {
  return { capability: "human", target: checkpoint.replace(/^hitl_/, "") };
}

const approve = question("approve", {
  doc: "Asks a person for a yes or a no. Only a clear yes gives true.",
  message: "Approval requested",
  fields: [
    contextField,
    {
      name: "default",
      types: ["boolean"],
      doc: "The answer when nobody gives one; false after a timeout unless said.",
    },
  ],
  returns: ["boolean"],
  checkpoint: "hitl_approval",
  example: 'if Human.approve({message = "Send the mail?", context = {to = address}}) then … end',
});

const input = question("input", {
  doc: "Asks a person for a text; nil when there is none.",
  message: "Input requested",
  fields: [{ name: "placeholder", types: ["text"], default: "", doc: "Shown while nothing is written." }],
  returns: ["text", "nil"],
  checkpoint: "hitl_input",
  example: 'local name = Human.input({message = "Your name?", timeout = 60, default = "friend"})',
});

const review = question("review", {
  doc: "Shows a person something and asks what to do with it.",
  message: "Review requested",
  fields: [
    { name: "artifact", types: ["any"], doc: "What is shown." },
    { name: "artifact_type", types: ["text"], default: "artifact", doc: "What it is, for the title." },
    { ...optionsField, doc: "Decisions to choose from; Approve and Reject unless said." },
  ],
  returns: ["table"],
  returnFields: [
    {
      name: "decision",
      types: ["text"],
      doc: "The value of the chosen option, or its label; `approved` or `rejected` when the call names no options.",
    },
    { name: "feedback", types: ["text", "nil"], doc: "What the person wrote." },
    { name: "edited_artifact", types: ["any"], doc: "What was shown, as the person changed it." },
  ],
  checkpoint: "hitl_review",
  example: 'local answer = Human.review({message = "Good enough?", artifact = draft})',
});

const select = question("select", {
  doc: "Asks a person to choose; gives the value of the choice, or a list of values.",
  message: "Selection required",
  fields: [
    optionsField,
    {
      name: "mode",
      types: ["text"],
      default: "single",
      values: ["single", "multiple"],
      doc: "Whether one is chosen or several.",
    },
    { name: "style", types: ["text"], doc: "How the choices are shown, for the host." },
    {
      name: "min",
      types: ["integer"],
      onlyWith: { field: "mode", values: ["multiple"] },
      default: 1,
      doc: "Least choices.",
    },
    {
      name: "max",
      types: ["integer"],
      onlyWith: { field: "mode", values: ["multiple"] },
      doc: "Most choices.",
    },
  ],
  returns: ["any"],
  checkpoint: "hitl_select",
  example: 'local size = Human.select({message = "Which size?", options = {"small", "large"}})',
});

const upload = question("upload", {
  doc: "Asks a person for a file of the workspace; `File.read` reads its `path`. With `multiple` it gives a list.",
  message: "File upload requested",
  fields: [
    {
      name: "accept",
      types: ["list", "text"],
      each: { types: ["text"] },
      doc: "Kinds of files, in a list or with commas between them: endings such as `.csv`, or types such as `image/*`.",
    },
    {
      name: "max_size",
      types: ["number", "text"],
      doc: 'Largest size: bytes, or a text such as "10MB".',
    },
    { name: "multiple", types: ["boolean"], default: false, doc: "Whether there may be several." },
  ],
  returns: ["table", "list", "nil"],
  returnFields: [
    { name: "path", types: ["text"], doc: "Where it is in the workspace." },
    { name: "name", types: ["text"], doc: "Its name without folders." },
    { name: "size", types: ["integer"], doc: "Bytes." },
    { name: "mime_type", types: ["text"], doc: "Its type, by the ending of its name." },
  ],
  checkpoint: "hitl_upload",
});

const escalate = question("escalate", {
  doc: "Hands over to a person and waits until they let it go on. There is no timeout.",
  message: "Escalation required",
  fields: [
    contextField,
    {
      name: "severity",
      types: ["text"],
      default: "error",
      suggested: ["info", "warning", "error", "critical"],
      doc: "How bad it is.",
    },
  ],
  returns: ["nil"],
  checkpoint: "hitl_escalation",
});

const multiple: FunctionEntry = {
  name: "multiple",
  doc: `Asks several questions at once; gives the answers by their ids. ${isRecorded}`,
  parameters: [
    {
      name: "items",
      types: ["list"],
      required: true,
      each: { types: ["table"], fields: itemFields },
      doc: "The questions; at least one.",
    },
  ],
  returns: ["table"],
  checkpoint: "hitl_inputs",
  reaches: [asks("hitl_inputs")],
  effect: "checkpointed",
  example:
    'local answers = Human.multiple({{id = "city", label = "City", type = "input", message = "Which city?"}})',
};

const custom = question("custom", {
  doc: "Asks for anything else: a form when there is a `response_schema`, one of the `actions`, or any value. A chosen action gives `{action = id}`.",
  message: "",
  fields: [
    { name: "message", types: ["text"], required: true, doc: "What is asked." },
    { name: "component_type", types: ["text"], required: true, doc: "The component." },
    { name: "data", types: ["table"], isOpen: true, doc: "What the component gets." },
    { name: "actions", types: ["list", "table"], doc: "What can be done in it." },
  ],
  returns: ["any"],
  checkpoint: "hitl_custom",
});

const notify: FunctionEntry = {
  name: "notify",
  doc: "Tells a person something and goes on. A resumed run does not tell it again.",
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
        contextField,
      ],
      doc: "Options; a text alone is the message.",
    },
  ],
  returns: ["nil"],
  example: 'Human.notify({message = "Finished", level = "info"})',
};

/** `Human` (language.md part B §2.7). */
export const humanPrimitive: PrimitiveEntry = {
  name: "Human",
  doc: "Asks a person and waits for the answer. Where nobody can be asked the `default` is the answer; without one the run ends and waits for `runs respond`.",
  phase: "procedure",
  functions: [
    approve,
    input,
    review,
    select,
    upload,
    escalate,
    multiple,
    { ...multiple, name: "inputs", deprecated: "Human.multiple" },
    custom,
    notify,
  ],
};

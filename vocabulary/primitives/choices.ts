import type { ValueEntry } from "../entries.ts";

/** A choice that a person is offered: a text, or a table. */
export const choiceValue: ValueEntry = {
  types: ["text", "table"],
  isOpen: true,
  fields: [
    { name: "label", types: ["text"], doc: "What the person sees." },
    { name: "value", types: ["any"], doc: "What the procedure gets; the label unless said." },
    { name: "description", types: ["text"], doc: "What it means, shown beside it." },
    {
      name: "style",
      types: ["text"],
      suggested: ["primary", "secondary", "danger", "default"],
      doc: "How it is shown.",
    },
  ],
};

import type { FieldEntry, MemberEntry, ModuleEntry } from "../entries.ts";
import { method } from "../handles/method.ts";

const request: FieldEntry = {
  name: "request",
  types: ["table"],
  required: true,
  isOpen: true,
  fields: [
    {
      name: "client",
      types: ["table"],
      required: true,
      isOpen: true,
      fields: [
        { name: "provider", types: ["text"], refersTo: "provider", doc: "Who offers the model." },
        { name: "model", types: ["text"], refersTo: "modelId", doc: "The model." },
      ],
      doc: "The model to ask.",
    },
    { name: "mock_marked_up_text", types: ["text"], doc: "An answer in place of the model's." },
  ],
  doc: "The text and the model to ask.",
};

const markedUp: FieldEntry = {
  name: "marked_up_text",
  types: ["text"],
  doc: "The text with marks around the places.",
};
const warnings: FieldEntry = { name: "warnings", types: ["list"], doc: "What did not fit." };

function marking(name: string, doc: string, found: "spans" | "slices" = "spans"): MemberEntry {
  const places: FieldEntry = {
    name: found,
    types: ["list"],
    doc: found === "spans" ? "The places that were marked." : "The pieces.",
  };
  return method(name, `${doc} Mocks name it \`biblicus.text.${name}\`.`, ["table"], [request], {
    returnFields: [markedUp, places, warnings],
    effect: "external",
    reaches: [{ capability: "model", by: "request.client" }],
    advice:
      "Wrap it in `Step.checkpoint`, so that a run that is resumed with changed code does not ask, and pay, again.",
  });
}

const marked: FieldEntry = {
  name: "text",
  types: ["text"],
  required: true,
  doc: "A text with marks.",
};

/** Marking up a text with a model (language.md part B §4.8). */
export const markupModule: ModuleEntry = {
  name: "tactus.biblicus.text",
  doc: "Lets a model mark places in a text, without changing the text itself.",
  exports: [
    marking("extract", "Marks what is asked for."),
    marking("slice", "Cuts a text where its parts end.", "slices"),
    marking("annotate", "Marks places with notes."),
    marking("redact", "Marks what should be hidden."),
    marking("link", "Marks what belongs together."),
    method("strip_span_tags", "The text without the marks.", ["text"], [marked]),
    method("parse_span_markup", "The marked places of a text.", ["list"], [marked]),
    method(
      "summarize_span_context",
      "One line for each of the marked places that are asked for; for a single number a single line.",
      ["list", "text"],
      [marked, { name: "indices", types: ["list", "integer"], required: true, doc: "Which places, from 1." }],
    ),
  ],
};

import type { FieldEntry, MemberEntry, ModuleEntry, Reach } from "../entries.ts";
import { method } from "../handles/method.ts";

const data: FieldEntry = {
  name: "data",
  types: ["table"],
  required: true,
  isOpen: true,
  doc: "A transcript of Deepgram, as decoded JSON.",
};

const options: FieldEntry = {
  name: "options",
  types: ["table"],
  fields: [
    {
      name: "source",
      types: ["text"],
      default: "auto",
      values: ["auto", "utterances", "sentences", "paragraphs", "words"],
      doc: "Which part of the transcript is read.",
    },
    { name: "separator", types: ["text"], doc: "What stands between the parts." },
    { name: "include_speakers", types: ["boolean"], default: true, doc: "Whether speakers are named." },
    {
      name: "channel_mode",
      types: ["text"],
      default: "merge",
      suggested: ["merge"],
      doc: "What happens to several channels.",
    },
    { name: "channel_index", types: ["integer"], doc: "The only channel to read." },
    { name: "punctuated", types: ["boolean"], default: true, doc: "Whether words come with punctuation." },
  ],
  doc: "What is read, and how it is written.",
};

const placeFields: readonly FieldEntry[] = [
  { name: "text", types: ["text"], doc: "What is said." },
  { name: "start", types: ["number"], doc: "Seconds where it begins." },
  { name: "end", types: ["number"], doc: "Seconds where it ends." },
  { name: "speaker", types: ["any"], doc: "Who says it." },
  { name: "channel", types: ["any"], doc: "On which channel." },
];

function text(name: string, doc: string): MemberEntry {
  return method(name, doc, ["text"], [data, options]);
}

const asksModel: readonly Reach[] = [
  { capability: "model", by: "options.client", onlyWith: { by: "options.method", value: "llm" } },
];

/** Texts of transcripts (language.md part B §4.8). */
export const transcriptModule: ModuleEntry = {
  name: "tactus.deepgram",
  doc: "Reads transcripts of Deepgram.",
  example:
    'local deepgram = require("tactus.deepgram")\nlocal text = deepgram.text(Json.decode(File.read("call.json")))',
  exports: [
    text("text", "The transcript as text, from the best part that it has."),
    text("words_text", "The words as text."),
    text("sentences_text", "The sentences as text."),
    text("paragraphs_text", "The paragraphs as text."),
    text("utterances_text", "The utterances as text, one a line."),
    method("segments", "The parts with their times.", ["list"], [data, options], {
      returnsEach: {
        types: ["table"],
        fields: [...placeFields, { name: "words", types: ["list"], doc: "Its words." }],
      },
    }),
    method(
      "quote",
      "Finds where something is said.",
      ["table", "nil"],
      [
        data,
        {
          name: "options",
          types: ["table"],
          required: true,
          fields: [
            { name: "quote", types: ["text"], required: true, doc: "What is said, about." },
            {
              name: "method",
              types: ["text"],
              default: "fuzzy",
              values: ["fuzzy", "llm"],
              doc: "How it is found.",
            },
            { name: "threshold", types: ["number"], default: 0.8, doc: "Least likeness, 0 to 1." },
            {
              name: "window_slop",
              types: ["integer"],
              default: 2,
              doc: "Words more or less that may count.",
            },
            {
              name: "client",
              types: ["table"],
              isOpen: true,
              onlyWith: { field: "method", values: ["llm"] },
              doc: "Provider and model to ask.",
            },
          ],
          doc: "What to find.",
        },
      ],
      {
        reaches: asksModel,
        returnFields: [
          ...placeFields,
          { name: "confidence", types: ["number"], doc: "How sure it is, 0 to 1." },
          { name: "method", types: ["text"], doc: "How it was found." },
        ],
      },
    ),
    method(
      "enrich_timestamps",
      "Puts the times of what is quoted into a text.",
      ["text"],
      [
        { name: "text", types: ["text"], required: true, doc: "A text with quotes." },
        data,
        {
          name: "options",
          types: ["table"],
          fields: [
            { name: "method", types: ["text"], default: "fuzzy", doc: "How quotes are found." },
            { name: "threshold", types: ["number"], default: 0.7, doc: "Least likeness, 0 to 1." },
            {
              name: "min_quote_length",
              types: ["integer"],
              default: 5,
              doc: "Shorter quotes are left alone.",
            },
          ],
          doc: "How quotes are found.",
        },
      ],
      { reaches: asksModel },
    ),
  ],
};

import type { HandleEntry } from "../entries.ts";

/** What the declarations of prompt modules give back (language.md §2.13). */
export const promptModuleHandles: readonly HandleEntry[] = [
  {
    name: "module",
    doc: "A prompt made from a signature. Call it with its inputs.",
    call: {
      name: "module",
      doc: "Asks the model once and gives the outputs of the signature. The call is one checkpoint.",
      parameters: [
        { name: "inputs", types: ["table"], isOpen: true, required: true, doc: "Inputs by name." },
      ],
      returns: ["handle"],
      returnsHandle: "modulePrediction",
      effect: "checkpointed",
      checkpoint: "model_predict",
    },
    members: [
      { name: "name", types: ["text"], doc: "The name that it was declared under." },
      { name: "signature", types: ["handle"], handle: "signature", doc: "Its inputs and outputs." },
      { name: "strategy", types: ["text"], doc: "How the model is led to the outputs." },
      { name: "input_schema", types: ["table"], doc: "The fields of its inputs." },
      { name: "output_schema", types: ["table"], doc: "The fields of its outputs." },
    ],
  },
  {
    name: "modulePrediction",
    doc: "The outputs of a prompt module, by the names of its signature.",
    isOpen: true,
    members: [],
  },
  {
    name: "signature",
    doc: "Inputs and outputs of a prompt, for the `signature` of a Module.",
    isOpen: true,
    members: [],
  },
  {
    name: "languageModel",
    doc: "The model of prompt modules.",
    isOpen: true,
    members: [],
  },
];

import type { DeclarationEntry, FieldEntry } from "../entries.ts";
import { agentDeclaration } from "./agent.ts";

const signatureText: FieldEntry = {
  name: "signature",
  types: ["text"],
  required: true,
  doc: 'Inputs, `->`, outputs: "question -> answer", with types as "text: str -> score: float".',
};

/** `Module "name" { … }` (language.md §2.13). */
export const moduleDeclaration: DeclarationEntry = {
  name: "Module",
  doc: "A prompt made from a signature. Call it with its inputs for its outputs; a call is one checkpoint.",
  example: 'ask = Module "ask" { signature = "question -> answer" }',
  forms: ["curried", "call"],
  phase: "both",
  firstText: "name",
  isOpen: true,
  handle: "module",
  parameters: [
    { name: "name", types: ["text"], required: true, doc: "Name of the module." },
    { name: "config", types: ["table"], required: true, doc: "Its signature and settings." },
  ],
  fields: [
    { ...signatureText, types: ["text", "table", "handle"], handle: "signature" },
    {
      name: "strategy",
      types: ["text"],
      default: "predict",
      values: ["predict", "chain_of_thought", "raw"],
      valueDocs: {
        predict: "Asks for the outputs.",
        chain_of_thought: "Lets the model first write down how it gets there.",
        raw: "Sends the prompt as it is.",
      },
      doc: "How the model is led to the outputs.",
    },
    { name: "input", types: ["table"], isOpen: true, doc: "Fields of its inputs." },
    { name: "output", types: ["table"], isOpen: true, doc: "Fields of its outputs." },
  ],
};

const languageModel: DeclarationEntry = {
  name: "LM",
  doc: 'Sets the model of prompt modules. `LM("openai/gpt-4o")` alone only gives a function that will: call it, or give a table too.',
  example: 'LM "openai/gpt-4o" { temperature = 0 }',
  forms: ["curried", "call"],
  phase: "both",
  firstText: "content",
  isOpen: true,
  handle: "languageModel",
  parameters: [
    {
      name: "model",
      types: ["text"],
      required: true,
      refersTo: "modelId",
      doc: 'The model, as "provider/name".',
    },
    { name: "options", types: ["table"], isOpen: true, doc: "Settings of the model." },
  ],
  fields: [
    { name: "temperature", types: ["number"], doc: "Randomness, from 0 on." },
    { name: "max_tokens", types: ["integer"], doc: "Most tokens of one answer." },
    { name: "api_base", types: ["text"], doc: "Not used: where a provider is, only the configuration says." },
  ],
};

const signature: DeclarationEntry = {
  name: "Signature",
  doc: "Inputs and outputs of a prompt, for the `signature` of a Module.",
  example: 'Signature("question -> answer")',
  forms: ["call", "curried", "bare"],
  phase: "both",
  firstText: "content",
  handle: "signature",
  parameters: [signatureText],
  fields: [
    { name: "input", types: ["schema"], doc: "Fields of the inputs." },
    { name: "output", types: ["schema"], doc: "Fields of the outputs." },
    { name: "instructions", types: ["text"], doc: "What the model is told." },
  ],
};

const history: DeclarationEntry = {
  name: "History",
  doc: "Makes a list of messages, empty or from a list. No agent reads it by itself.",
  example: "local log = History()",
  forms: ["call"],
  phase: "both",
  handle: "history",
  parameters: [
    { name: "messages", types: ["list"], doc: "The first messages, each with `role` and `content`." },
  ],
  fields: [],
};

const message: DeclarationEntry = {
  name: "Message",
  doc: "Makes one message.",
  example: 'Message { role = "user", content = "Hello" }',
  forms: ["bare"],
  phase: "both",
  isOpen: true,
  handle: "message",
  fields: [
    {
      name: "role",
      types: ["text"],
      required: true,
      values: ["user", "assistant", "system"],
      doc: "Who says it.",
    },
    { name: "content", types: ["text"], required: true, doc: "What is said; not empty." },
  ],
};

const directAgent: DeclarationEntry = {
  name: "DSPyAgent",
  doc: "Makes an agent as `Agent` does; its name stands in the table, and without a model it asks the one that LM set.",
  forms: ["bare"],
  phase: "both",
  isOpen: true,
  handle: "agent",
  fields: [
    { name: "name", types: ["text"], default: "dspy_agent", doc: "Name of the agent." },
    ...agentDeclaration.fields,
  ],
};

const currentLanguageModel: DeclarationEntry = {
  name: "get_current_lm",
  doc: "The model that LM set; nil before.",
  forms: ["call"],
  phase: "both",
  handle: "languageModel",
  parameters: [],
  fields: [],
};

/** Functions of prompt modules beside `Module` (language.md §2.13). */
export const promptModuleDeclarations: readonly DeclarationEntry[] = [
  languageModel,
  currentLanguageModel,
  signature,
  history,
  message,
  directAgent,
];

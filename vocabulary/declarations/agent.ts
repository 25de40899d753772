import type { DeclarationEntry, FieldEntry } from "../entries.ts";
import { agentModelFields } from "./agent-model.ts";
import { agentHostFields, agentTurnFields } from "./agent-turns.ts";
import { inlineToolFields, toolExpressionFields } from "./tool.ts";

const promptFields: readonly FieldEntry[] = [
  {
    name: "system_prompt",
    types: ["text"],
    required: true,
    doc: "The system message: a template with places such as `{input.topic}`, `{state.count}` or `{context.name}`, filled afresh for each turn. A place that leads nowhere stays as it is.",
  },
  {
    name: "initial_message",
    types: ["text"],
    doc: "What the user says in the first turn when the call gives no message; a template too.",
  },
  {
    name: "input",
    types: ["schema"],
    doc: "Fields that calls give. They are for readers of the file: nothing checks them.",
  },
  {
    name: "output",
    types: ["schema"],
    doc: "Fields of a structured answer. The model is told to answer with them as JSON; types, enums and required fields are enforced, and a wrong answer is an error that `retry` may repeat.",
    example: "output = {score = field.number{required = true}, reason = field.string{}}",
  },
];

const toolFields: readonly FieldEntry[] = [
  {
    name: "tools",
    types: ["list"],
    refersTo: "toolOrToolset",
    each: {
      types: ["text", "handle", "table"],
      refersTo: "toolOrToolset",
      fields: toolExpressionFields,
    },
    doc: "What the model may call: tools and toolsets, as handles or by name, or a table that chooses from a toolset. An empty list means none. Without the field it gets the default toolsets of the configuration, else every toolset there is.",
    example: 'tools = {search, "files", {name = "web", include = {"fetch"}}}',
  },
  {
    name: "inline_tools",
    types: ["list"],
    each: { types: ["table"], fields: inlineToolFields },
    doc: "Tools that are declared in place. The model knows them as `<agent>_<name>`, records as `<name>`.",
  },
  {
    name: "tool_choice",
    types: ["text", "table"],
    values: ["auto", "required", "none"],
    valueDocs: {
      auto: "The model decides.",
      required: "The model must call a tool.",
      none: "The model must not call a tool.",
    },
    fields: [{ name: "tool", types: ["text"], refersTo: "tool", doc: "The one tool that must be called." }],
    isOpen: true,
    doc: "Whether the model may, must or must not call tools; or a table that names the one to call.",
  },
];

const styleFields: readonly FieldEntry[] = [
  {
    name: "module",
    types: ["text"],
    default: "Raw",
    values: ["Raw", "Predict", "ChainOfThought"],
    valueDocs: {
      Raw: "The prompt as it is written.",
      Predict: "The same; an older word.",
      ChainOfThought:
        "The model first writes down how it gets there: the output has `reasoning` beside the answer, `response`.",
    },
    doc: "Style of prompting, in any case.",
  },
  {
    name: "skills",
    types: ["text", "list"],
    refersTo: "path",
    each: { types: ["text"], refersTo: "path" },
    status: "declared",
    doc: "Paths of skills whose descriptions are added to the prompt.",
  },
  {
    name: "skills_mode",
    types: ["text"],
    default: "metadata",
    values: ["metadata", "full"],
    valueDocs: { metadata: "Name and description.", full: "The whole text." },
    status: "declared",
    doc: "How much of each skill goes into the prompt.",
  },
];

/** Names of older versions, which are refused. */
const removedFields: readonly FieldEntry[] = [
  { name: "toolsets", types: ["list"], removed: "tools", doc: "Former name of `tools`." },
  { name: "session", types: ["table"], removed: "message_history", doc: "Former name of `message_history`." },
];

/** `writer = Agent { … }` (language.md §2.1). */
export const agentDeclaration: DeclarationEntry = {
  name: "Agent",
  doc: "A model with a prompt and tools. Calling it makes one turn: the model answers, and calls its tools until it has an answer. The variable that it is assigned to names it; one in a `local` gets a made-up name, which mocks and logs can't address.",
  example:
    'writer = Agent {\n  provider = "openai",\n  model = "gpt-4o-mini",\n  system_prompt = "Write about {input.topic}.",\n}',
  forms: ["assigned", "curried", "call"],
  phase: "both",
  firstText: "name",
  namedByVariable: true,
  handle: "agent",
  fields: [
    ...agentModelFields,
    ...promptFields,
    ...toolFields,
    ...agentTurnFields,
    ...styleFields,
    ...agentHostFields,
    ...removedFields,
  ],
};

/** Keys of one call, `writer({…})`; every other key fills `{input.…}` of the prompt. */
export const turnFields: readonly FieldEntry[] = [
  { name: "message", types: ["text"], doc: "What the user says. An empty text is no message." },
  {
    name: "tools",
    types: ["list"],
    refersTo: "tool",
    each: { types: ["text", "handle"], refersTo: "tool" },
    doc: "The only tools of this turn, out of those that the agent has; an empty list means none. A tool that it does not have is an error.",
  },
  { name: "temperature", types: ["number"], doc: "Randomness of this turn." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens of an answer in this turn." },
  {
    name: "request_timeout",
    types: ["number"],
    doc: "Seconds that one request of this turn may take.",
  },
  { name: "system_prompt", types: ["text"], doc: "A template that replaces the system prompt in this turn." },
  {
    name: "system_prompt_suffix",
    types: ["text"],
    doc: "A template that is added after the system prompt in this turn. Ignored beside `system_prompt`.",
  },
];

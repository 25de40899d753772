import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const retryFields: readonly FieldEntry[] = [
  {
    name: "enabled",
    types: ["boolean"],
    doc: "Switches retries on; by default on when there is more than one attempt.",
  },
  { name: "attempts", types: ["integer"], default: 1, doc: "Attempts in all." },
  { name: "retries", types: ["integer"], doc: "Attempts after the first; used when 'attempts' is absent." },
  { name: "delay_seconds", types: ["number"], default: 0, doc: "Seconds before the next attempt." },
  { name: "delay", types: ["number"], aliasOf: "delay_seconds", doc: "Seconds before the next attempt." },
  { name: "max_delay_seconds", types: ["number"], default: 0, doc: "Longest delay; 0 means no cap." },
  {
    name: "backoff",
    types: ["text"],
    default: "constant",
    values: ["constant", "exponential"],
    doc: "Whether the delay stays or doubles.",
  },
  { name: "jitter", types: ["boolean"], default: false, doc: "Multiplies each delay by a random part of 1." },
  {
    name: "on",
    types: ["text"],
    default: "infra_plus_validation",
    values: ["infra_plus_validation", "infra_only", "validation_only"],
    doc: "Which failures are repeated.",
  },
];

const modelFields: readonly FieldEntry[] = [
  { name: "name", types: ["text"], doc: "Name of the model." },
  { name: "temperature", types: ["number"], doc: "Wins over the agent's own temperature." },
  { name: "max_tokens", types: ["integer"], doc: "Wins over the agent's own limit." },
  { name: "top_p", types: ["number"], doc: "Nucleus sampling." },
  { name: "seed", types: ["integer"], doc: "Seed for providers that take one." },
  {
    name: "model_type",
    types: ["text"],
    values: ["chat", "responses"],
    status: "declared",
    doc: "Kind of endpoint.",
  },
  { name: "reasoning_effort", types: ["text"], doc: "How much a reasoning model thinks." },
  { name: "openai_reasoning_effort", types: ["text"], aliasOf: "reasoning_effort", doc: "Older spelling." },
  { name: "verbosity", types: ["text"], doc: "How long the answers are." },
];

/** `writer = Agent { … }` (language.md §2.1). */
export const agentDeclaration: DeclarationEntry = {
  name: "Agent",
  doc: "A model with a prompt and tools; calling it makes one turn.",
  forms: ["assigned", "curried", "call"],
  fields: [
    {
      name: "provider",
      types: ["text"],
      doc: "Provider of the model; without it the default, or a prefix of the model.",
    },
    {
      name: "model",
      types: ["text", "table"],
      default: "gpt-4o",
      fields: modelFields,
      doc: 'Name such as "gpt-4o" or "openai/gpt-4o", or a table with settings.',
    },
    {
      name: "system_prompt",
      types: ["text"],
      required: true,
      doc: "Template of the system message, rendered for each turn.",
    },
    {
      name: "initial_message",
      types: ["text"],
      doc: "User message of the first turn when the call gives none.",
    },
    {
      name: "tools",
      types: ["list"],
      doc: "Handles or names of tools and toolsets; an empty list means none, absent means the defaults.",
    },
    {
      name: "inline_tools",
      types: ["list"],
      doc: "Tools declared in place, offered under the agent's name.",
    },
    { name: "input", types: ["schema"], doc: "Fields that calls give, for readers of the file." },
    {
      name: "output",
      types: ["schema"],
      doc: "Fields of a structured answer; types, enums and required fields are enforced.",
    },
    {
      name: "tool_choice",
      types: ["text", "table"],
      values: ["auto", "required", "none"],
      doc: "Whether the model may, must or must not call tools.",
    },
    { name: "temperature", types: ["number"], doc: "Randomness; 0 for most models when nothing is said." },
    { name: "max_tokens", types: ["integer"], doc: "Most tokens of one answer." },
    {
      name: "max_turns",
      types: ["integer"],
      default: 50,
      status: "declared",
      doc: "Turns meant for this agent.",
    },
    {
      name: "model_type",
      types: ["text"],
      values: ["chat", "responses"],
      status: "declared",
      doc: "Kind of endpoint.",
    },
    { name: "reasoning_effort", types: ["text"], doc: "How much a reasoning model thinks." },
    { name: "openai_reasoning_effort", types: ["text"], aliasOf: "reasoning_effort", doc: "Older spelling." },
    { name: "verbosity", types: ["text"], doc: "How long the answers are." },
    {
      name: "disable_streaming",
      types: ["boolean"],
      default: false,
      doc: "Asks for whole answers instead of a stream.",
    },
    {
      name: "message_history",
      types: ["table"],
      doc: "What of earlier turns is sent.",
      fields: [
        {
          name: "source",
          types: ["text"],
          default: "own",
          status: "declared",
          doc: "Whose history: its own, the shared one, or another agent's.",
        },
        {
          name: "filter",
          types: ["list", "function"],
          doc: "A value of filters.*, or a function of the messages.",
        },
      ],
    },
    {
      name: "filter",
      types: ["list", "function"],
      deprecated: "message_history = {filter = …}",
      doc: "Older place of the history filter.",
    },
    {
      name: "context",
      types: ["handle", "text"],
      status: "declared",
      doc: "A Context that assembles the prompt.",
    },
    { name: "prepare", types: ["function"], doc: "Called before each turn; its result fills {prepared.*}." },
    {
      name: "response",
      types: ["table"],
      doc: "Plain retries of a failed turn.",
      fields: [
        { name: "retries", types: ["integer"], default: 0, doc: "Attempts after the first." },
        { name: "retry_delay", types: ["number"], default: 0, doc: "Seconds before each." },
      ],
    },
    {
      name: "retry",
      types: ["table"],
      fields: retryFields,
      doc: "Retries with backoff and a choice of failures.",
    },
    {
      name: "module",
      types: ["text"],
      default: "Raw",
      values: ["Raw", "Predict", "ChainOfThought"],
      status: "declared",
      doc: "Style of prompting.",
    },
    { name: "request_timeout", types: ["number"], doc: "Seconds that one model request may take." },
    {
      name: "max_tool_followup_rounds",
      types: ["integer"],
      default: 16,
      doc: "Rounds of tool calls in one turn.",
    },
    {
      name: "steering_enabled",
      types: ["boolean"],
      default: true,
      status: "declared",
      doc: "Takes messages of an operator.",
    },
    { name: "max_input_tokens", types: ["integer"], status: "declared", doc: "Limit for an embedding host." },
    {
      name: "model_attempt_max_attempts",
      types: ["integer"],
      status: "declared",
      doc: "Limit for an embedding host.",
    },
    {
      name: "max_attempts",
      types: ["integer"],
      aliasOf: "model_attempt_max_attempts",
      status: "declared",
      doc: "Other spelling.",
    },
    {
      name: "model_attempt_call_id",
      types: ["text"],
      status: "declared",
      doc: "Mark for an embedding host.",
    },
    {
      name: "skills",
      types: ["text", "list"],
      status: "declared",
      doc: "Paths of skill manifests to add to the prompt.",
    },
    {
      name: "skills_mode",
      types: ["text"],
      default: "metadata",
      values: ["metadata", "full"],
      status: "declared",
      doc: "How much of each skill goes into the prompt.",
    },
    { name: "toolsets", types: ["list"], removed: "tools", doc: "Former name of 'tools'." },
    {
      name: "session",
      types: ["table"],
      removed: "message_history",
      doc: "Former name of 'message_history'.",
    },
  ],
};

/** Keys of one call, `writer({…})`; every other key is input of the prompt template. */
export const turnFields: readonly FieldEntry[] = [
  { name: "message", types: ["text"], doc: "The user message." },
  {
    name: "tools",
    types: ["list"],
    doc: "The tools of this turn only, out of the agent's; an empty list means none.",
  },
  { name: "temperature", types: ["number"], doc: "Randomness of this turn." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens of an answer in this turn." },
  {
    name: "request_timeout",
    types: ["number"],
    doc: "Seconds that one model request of this turn may take.",
  },
  { name: "system_prompt", types: ["text"], doc: "Replaces the system prompt in this turn." },
  {
    name: "system_prompt_suffix",
    types: ["text"],
    doc: "Template added after the system prompt in this turn.",
  },
];

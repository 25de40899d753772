import type { FieldEntry } from "../entries.ts";
import { agentMessage } from "../messages.ts";

const retryFields: readonly FieldEntry[] = [
  {
    name: "enabled",
    types: ["boolean"],
    doc: "Switches retries on or off; on when there is more than one attempt, unless said.",
  },
  { name: "attempts", types: ["integer"], default: 1, doc: "Attempts in all, the first one included." },
  { name: "retries", types: ["integer"], doc: "Attempts after the first; read when `attempts` is absent." },
  { name: "delay_seconds", types: ["number"], default: 0, doc: "Seconds before the second attempt." },
  { name: "delay", types: ["number"], aliasOf: "delay_seconds", doc: "Other spelling of `delay_seconds`." },
  {
    name: "max_delay_seconds",
    types: ["number"],
    default: 0,
    doc: "Longest delay in seconds; 0 means no limit.",
  },
  {
    name: "backoff",
    types: ["text"],
    default: "constant",
    values: ["constant", "exponential"],
    valueDocs: { constant: "The delay stays the same.", exponential: "The delay doubles each time." },
    doc: "How the delay grows.",
  },
  {
    name: "jitter",
    types: ["boolean"],
    default: false,
    doc: "Makes each delay shorter by a random part, so that many agents don't come back at once.",
  },
  {
    name: "on",
    types: ["text"],
    default: "infra_plus_validation",
    values: ["infra_plus_validation", "infra_only", "validation_only"],
    valueDocs: {
      infra_plus_validation: "Both kinds of failure.",
      infra_only: "Failures of the provider or the network.",
      validation_only: "Answers that don't fit `output`.",
    },
    doc: "Which failures are tried again. A wrong key, a cancel and a refused tool never are.",
  },
];

const filterParameters: readonly FieldEntry[] = [
  {
    name: "messages",
    types: ["list"],
    required: true,
    each: agentMessage,
    doc: "What was said before this turn, oldest first.",
  },
  {
    name: "ctx",
    types: ["table"],
    required: true,
    fields: [
      { name: "context", types: ["table"], isOpen: true, doc: "The free keys of the call." },
      { name: "prepared", types: ["table"], isOpen: true, doc: "What `prepare` gave." },
      { name: "input", types: ["table"], isOpen: true, doc: "The free keys of the call, and `message`." },
    ],
    doc: "What the turn knows.",
  },
];

const filterDoc =
  "What of the earlier messages is sent: a value of `filters.*`, or a function that is given the messages and gives those to send. When it fails, all are sent.";

/** How turns of an agent go: history, preparation, retries (language.md §2.1; part B §1.4, §1.5). */
export const agentTurnFields: readonly FieldEntry[] = [
  {
    name: "message_history",
    types: ["table"],
    doc: "What of earlier turns is sent.",
    example: "message_history = {filter = filters.last_n(10)}",
    fields: [
      {
        name: "source",
        types: ["text"],
        default: "own",
        suggested: ["own", "shared"],
        valueDocs: {
          own: "What this agent said and heard.",
          shared: "What all agents that say so said and heard.",
        },
        doc: 'Whose history: "own", "shared", or the name of another agent.',
      },
      {
        name: "filter",
        types: ["list", "function"],
        parameters: filterParameters,
        doc: filterDoc,
      },
    ],
  },
  {
    name: "filter",
    types: ["list", "function"],
    parameters: filterParameters,
    deprecated: "message_history = {filter = …}",
    doc: `Older place of the history filter. ${filterDoc}`,
  },
  {
    name: "context",
    types: ["handle", "text"],
    refersTo: "context",
    handle: "context",
    status: "declared",
    doc: "A Context that puts the prompt together, within its budget.",
  },
  {
    name: "prepare",
    types: ["function"],
    parameters: [
      {
        name: "turn",
        types: ["table"],
        required: true,
        fields: [
          { name: "context", types: ["table"], isOpen: true, doc: "The free keys of the call." },
          { name: "message", types: ["text", "nil"], doc: "What the user says." },
        ],
        doc: "What the call gave.",
      },
    ],
    doc: "Called before each turn; the table that it gives fills `{prepared.…}` of the prompt, anything else is `{prepared.value}`. When it fails, that is logged and the turn goes on.",
    example: "prepare = function() return {orders = #state.orders} end",
  },
  {
    name: "response",
    types: ["table"],
    doc: "Plain retries of a failed turn; `retry` stands before it.",
    fields: [
      { name: "retries", types: ["integer"], default: 0, doc: "Attempts after the first." },
      { name: "retry_delay", types: ["number"], default: 0, doc: "Seconds before each." },
    ],
  },
  {
    name: "retry",
    types: ["table"],
    fields: retryFields,
    doc: "Retries of a failed turn, with growing delays and a choice of failures. What tools did in a failed attempt is not undone.",
    example: 'retry = {attempts = 3, delay_seconds = 2, backoff = "exponential"}',
  },
  {
    name: "max_tool_followup_rounds",
    types: ["integer"],
    default: 16,
    doc: "How often, in one turn, the model may be asked again after its tools ran. More is an error.",
  },
  {
    name: "max_turns",
    types: ["integer"],
    doc: "Most turns of this agent in a run; one more is the error `turns-exhausted`. Without it, as many as the run may have.",
  },
  {
    name: "steering_enabled",
    types: ["boolean"],
    default: true,
    status: "declared",
    doc: "Whether messages of an operator are put in before a turn.",
  },
];

/** Limits that only a host which embeds the runtime reads. */
export const agentHostFields: readonly FieldEntry[] = [
  {
    name: "max_input_tokens",
    types: ["integer"],
    status: "declared",
    doc: "Most tokens that may be sent, for a host that counts them.",
  },
  {
    name: "model_attempt_max_attempts",
    types: ["integer"],
    status: "declared",
    doc: "Most attempts, for a host that grants them.",
  },
  {
    name: "max_attempts",
    types: ["integer"],
    aliasOf: "model_attempt_max_attempts",
    status: "declared",
    doc: "Other spelling of `model_attempt_max_attempts`.",
  },
  {
    name: "model_attempt_call_id",
    types: ["text"],
    status: "declared",
    doc: "A mark for a host that grants attempts.",
  },
];

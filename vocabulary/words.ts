/**
 * The names that the `.tac` language adds to Lua. Everything that must know them (grammar, completion, checks)
 * reads them here, so that a word added is known everywhere.
 */

/** Functions that declare something when the file is loaded. */
export const declarations = [
  "Agent",
  "Compactor",
  "Context",
  "Corpus",
  "Evaluation",
  "Evaluations",
  "Hitl",
  "IncludeTasks",
  "Mocks",
  "Model",
  "Procedure",
  "Prompt",
  "Retriever",
  "Specification",
  "Specifications",
  "Task",
  "TaskFunction",
  "Tool",
  "Toolset",
] as const;

/** Settings of the whole file, in the form `name("value")` or `name = "value"`. */
export const fileSettings = [
  "async",
  "default_model",
  "default_provider",
  "error_prompt",
  "max_depth",
  "max_turns",
  "return_prompt",
  "status_prompt",
] as const;

/** What a running procedure may call, with the members of each. */
export const primitives: Readonly<Record<string, readonly string[]>> = {
  Checkpoint: ["clear_after", "clear_all", "exists", "get", "next_position"],
  File: ["exists", "read", "size", "write"],
  Host: ["call"],
  Human: [
    "approve",
    "custom",
    "escalate",
    "input",
    "inputs",
    "multiple",
    "notify",
    "review",
    "select",
    "upload",
  ],
  Iterations: ["current", "exceeded", "increment", "reset"],
  Json: ["decode", "encode"],
  Log: ["debug", "error", "info", "warn", "warning"],
  MessageHistory: [
    "append",
    "checkpoint",
    "clear",
    "get",
    "head",
    "inject_system",
    "keep_head",
    "keep_tail",
    "keep_tail_tokens",
    "replace",
    "reset",
    "rewind",
    "rewind_to",
    "slice",
    "tail",
    "tail_tokens",
  ],
  Retry: ["with_backoff"],
  Sleep: [],
  State: ["all", "append", "clear", "get", "increment", "set"],
  Step: ["checkpoint"],
  Stop: ["reason", "request", "requested", "reset", "success"],
  System: ["alert"],
  Tool: ["called", "get", "get_all_calls", "get_call_count", "last_call", "last_result", "reset"],
  Toolset: ["combine", "define", "filter", "get"],
};

/** Builders of the fields of `input`, `output` and `state` schemas: `field.string{…}`. */
export const fieldBuilders = ["array", "boolean", "integer", "number", "object", "string"] as const;

/** Builders of evaluators, which live in the same table as the field builders. */
export const evaluatorBuilders = ["contains", "equals_expected", "min_length"] as const;

/** Builders of history filters: `filters.last_n(3)`. */
export const historyFilters = [
  "by_role",
  "compose",
  "first_n",
  "head_tokens",
  "last_n",
  "system_prefix",
  "tail_tokens",
  "token_budget",
] as const;

/** Names under which prompts reach values: `{input.topic}`. */
export const templateNamespaces = [
  "context",
  "env",
  "input",
  "output",
  "params",
  "prepared",
  "state",
] as const;

import type { Control } from "./control.ts";

/** The broker counts requests to models. */
export const turnLimit: Control = {
  id: "turn-limit",
  off: [
    {
      file: "broker/spending/run-spending.ts",
      from: "if (turns >= limits.turns)",
      to: "if (turns >= 1e9)",
    },
  ],
};

/** The broker counts tokens and dollars as the provider reports them. */
export const tokenLimit: Control = {
  id: "token-limit",
  off: [
    {
      file: "broker/spending/run-spending.ts",
      from: "if (usage.totalTokens >= limits.tokens)",
      to: "if (usage.totalTokens >= 1e12)",
    },
    {
      file: "broker/spending/run-spending.ts",
      from: "usage.totalTokens + tokens + sum((each) => each.tokens) <= limits.tokens &&",
      to: "",
    },
  ],
};

/** The broker counts calls of tools. */
export const toolCallLimit: Control = {
  id: "tool-call-limit",
  off: [
    {
      file: "broker/spending/run-spending.ts",
      from: "if (toolCalls > limits.toolCalls)",
      to: "if (toolCalls > 1e9)",
    },
  ],
};

/** Each tool of the host has a number of calls a minute and a run. */
export const callBudget: Control = {
  id: "call-budget",
  off: [
    {
      file: "broker/host-tools/call-budget.ts",
      from: "this.#callsLeft -= 1;",
      to: "this.#calls = [];",
    },
  ],
};

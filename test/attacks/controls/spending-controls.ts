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

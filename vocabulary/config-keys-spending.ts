import type { ConfigKey } from "./config-key.ts";

const limitNote = "A folder may lower it; to raise it takes a grant. A resumed run goes on counting.";

/** Keys about what a run may spend. */
export const spendingConfigKeys: readonly ConfigKey[] = [
  {
    path: "limits",
    type: "mapping",
    trust: "widens",
    doc: "What one run may spend on models and tools.",
    effect:
      "The host counts, not the procedure: a run that asks for more is ended (exit code 4). Its time is `sandbox.timeout`.",
    examples: [{ cost: 1, turns: 50 }],
  },
  {
    path: "limits.cost",
    type: "number",
    default: 5,
    trust: "widens",
    doc: "US dollars for models.",
    effect: `${limitNote} Where it is set, a model whose price is not known is refused: give prices under \`providers\`.`,
    examples: [0.5, 20],
  },
  {
    path: "limits.tokens",
    type: "integer",
    default: 2_000_000,
    trust: "widens",
    doc: "Tokens of all requests to models, in and out.",
    effect: limitNote,
    examples: [200_000],
  },
  {
    path: "limits.turns",
    type: "integer",
    default: 500,
    trust: "widens",
    doc: "Requests to models, each round of a tool loop counted.",
    effect: limitNote,
    examples: [50],
  },
  {
    path: "limits.tool_calls",
    type: "integer",
    default: 10_000,
    trust: "widens",
    doc: "Calls of tools, wherever they run.",
    effect: limitNote,
    examples: [200],
  },
];

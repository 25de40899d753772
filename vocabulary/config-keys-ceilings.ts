import type { ConfigKey } from "./config-key.ts";

/** What all keys of ceilings have in common. */
const own = { trust: "widens", ownConfigOnly: true } as const;

/** Keys about what no grant gives to a folder. */
export const ceilingConfigKeys: readonly ConfigKey[] = [
  {
    ...own,
    path: "ceilings",
    type: "mapping",
    doc: "The most that a grant gives to what lies in a folder, `--yes` included.",
    effect:
      "What a folder asks for beyond it is left out and listed. Your own config files are not bound by it.",
    examples: [{ memory: "4g", never: ["network"] }],
  },
  { ...own, path: "ceilings.memory", type: "size", doc: "Memory of the sandbox.", examples: ["4g"] },
  { ...own, path: "ceilings.cpus", type: "number", doc: "Processors of the sandbox.", examples: [2] },
  { ...own, path: "ceilings.timeout", type: "seconds", doc: "Seconds of a run.", examples: [7200] },
  { ...own, path: "ceilings.cost", type: "number", doc: "US dollars for models.", examples: [10] },
  { ...own, path: "ceilings.tokens", type: "integer", doc: "Tokens of models.", examples: [5_000_000] },
  { ...own, path: "ceilings.turns", type: "integer", doc: "Requests to models.", examples: [1000] },
  { ...own, path: "ceilings.tool_calls", type: "integer", doc: "Calls of tools.", examples: [20_000] },
  {
    ...own,
    path: "ceilings.never",
    type: "texts",
    doc: "Kinds of things that no folder is given, whoever grants them.",
    effect:
      "The kinds are those of a manifest: `isolation`, `network`, `mount`, `env`, `limit`, `model`, `tool.mcp`, `tool.plugin`, `tool.host`.",
    examples: [["network", "mount"]],
  },
];

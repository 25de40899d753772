import type { Control } from "./control.ts";

const budget = "sandbox/workspace/write-budget.ts";

/** A run writes so many bytes in all, and no file beyond its size. */
export const writeBudget: Control = {
  id: "write-budget",
  off: [
    { file: budget, from: "return this.#left < 0", to: "return this.#left < -1e15" },
    { file: budget, from: "if (bytes > most)", to: "if (false)" },
  ],
};

/** Folders with more entries than anybody reads are not listed. */
export const boundedLists: Control = {
  id: "bounded-lists",
  off: [
    {
      file: "sandbox/workspace/confined-folder.ts",
      from: "if (entries.length > maximumEntries)",
      to: "if (false)",
    },
  ],
};

/** Sources and config files have a largest size. */
export const boundedSources: Control = {
  id: "bounded-sources",
  off: [
    {
      file: "runs/session/source-files.ts",
      from: "if (stat.size > options.maximumBytes)",
      to: "if (false)",
    },
    {
      file: "language/sidecar/yaml-document.ts",
      from: "size > maximumConfigBytes ? tooLarge",
      to: "size > 1e12 ? tooLarge",
    },
  ],
};

import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const parameters: readonly FieldEntry[] = [
  {
    name: "message",
    types: ["text"],
    required: true,
    doc: "The message. It must be a text: put other values through `tostring` or `Json.encode`.",
  },
  { name: "context", types: ["table"], isOpen: true, doc: "Data beside it." },
];

const levels: Readonly<Record<string, string>> = {
  debug: "Logs what only matters when something is looked for.",
  info: "Logs what happens.",
  warn: "Logs what may be wrong.",
  warning: "The same as `Log.warn`.",
  error: "Logs what is wrong. The run goes on; `error(…)` ends it.",
};

/** `Log` (language.md part B §2.6). */
export const logPrimitive: PrimitiveEntry = {
  name: "Log",
  doc: "Messages for whoever watches the run. They are kept in its journal.",
  phase: "both",
  functions: Object.entries(levels).map(([name, doc]) => ({
    name,
    parameters,
    returns: ["nil"],
    doc,
    example: `Log.${name}("Order read", {id = order.id})`,
  })),
};

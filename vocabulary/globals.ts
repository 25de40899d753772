import type { FieldEntry } from "./entries.ts";

/** Global values that are neither declarations, primitives nor libraries. */
export const globalValues: readonly FieldEntry[] = [
  {
    name: "field",
    types: ["table"],
    doc: "Makes the fields of `input`, `output` and `state`: `field.string{required = true}`. Also makes evaluators.",
    example: 'input = {topic = field.string{required = true, description = "What to write about"}}',
  },
  {
    name: "filters",
    types: ["table"],
    doc: "Makes filters for `message_history`: what of the earlier turns an agent is sent.",
    example: "message_history = {filter = filters.last_n(10)}",
  },
  {
    name: "input",
    types: ["table"],
    isOpen: true,
    doc: "The inputs of the procedure that runs, by name. At the top of a file it declares those of a script.",
  },
  {
    name: "state",
    types: ["table"],
    isOpen: true,
    doc: "The values that the run keeps, by name: `state.count = state.count + 1`. Setting a value inside of one, as in `state.list[1] = x`, works too.",
    example: "state.count = (state.count or 0) + 1",
  },
  {
    name: "mcp",
    types: ["table"],
    isOpen: true,
    status: "declared",
    doc: "Tools of MCP servers: `mcp.<server>.<tool>`. Give agents the toolset of the server instead.",
  },
  {
    name: "params",
    types: ["table"],
    deprecated: "input",
    doc: "Always empty. The inputs are in `input`.",
  },
  { name: "_G", types: ["table"], isOpen: true, doc: "The table of all globals." },
  { name: "_VERSION", types: ["text"], default: "Lua 5.4", doc: "The version of Lua." },
];

import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const key: FieldEntry = {
  name: "key",
  types: ["text"],
  required: true,
  refersTo: "stateKey",
  doc: "Name of the value.",
};
const value: FieldEntry = { name: "value", types: ["any"], required: true, doc: "The value." };

/** `State`, and `state` for its fields (language.md part B §2.4). */
export const statePrimitive: PrimitiveEntry = {
  name: "State",
  doc: "Values of the run by name; state.key reads and sets them too.",
  functions: [
    {
      name: "get",
      parameters: [key, { name: "default", types: ["any"], doc: "Given when there is none." }],
      returns: ["any"],
      doc: "The value, or the default.",
    },
    { name: "set", parameters: [key, value], returns: ["nil"], doc: "Sets a value." },
    {
      name: "increment",
      parameters: [key, { name: "amount", types: ["number"], default: 1, doc: "How much is added." }],
      returns: ["number"],
      doc: "Adds to a number, and gives the sum.",
    },
    { name: "append", parameters: [key, value], returns: ["nil"], doc: "Adds to the end of a list." },
    { name: "all", parameters: [], returns: ["table"], doc: "A copy of all values." },
    { name: "clear", parameters: [], returns: ["nil"], doc: "Removes all values." },
  ],
};

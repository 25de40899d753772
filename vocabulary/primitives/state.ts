import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const key: FieldEntry = {
  name: "key",
  types: ["text"],
  required: true,
  refersTo: "stateKey",
  doc: "Name of the value.",
};
const value: FieldEntry = {
  name: "value",
  types: ["any"],
  required: true,
  doc: "The value: data, no functions. It must fit a declared field of the state.",
};

/** `State`, and `state` for its fields (language.md part B §2.4). */
export const statePrimitive: PrimitiveEntry = {
  name: "State",
  doc: "Values that the run keeps by name, even when it is resumed. `state.key` reads and sets them too.",
  phase: "both",
  isOpen: true,
  functions: [
    {
      name: "get",
      parameters: [key, { name: "default", types: ["any"], doc: "Given when there is none." }],
      returns: ["any"],
      doc: "The value of that name, or the default, or nil.",
      example: 'local count = State.get("count", 0)',
    },
    {
      name: "set",
      parameters: [key, value],
      returns: ["nil"],
      doc: "Sets a value. One that does not fit its declared field is an error.",
      example: 'State.set("stage", "review")',
    },
    {
      name: "increment",
      parameters: [key, { name: "amount", types: ["number"], default: 1, doc: "How much is added." }],
      returns: ["number"],
      doc: "Adds to a number and gives the sum; one that is missing counts as 0. Anything but a number is an error.",
    },
    {
      name: "append",
      parameters: [key, value],
      returns: ["nil"],
      doc: "Adds to the end of a list; one that is missing is made. What is no list becomes the first item of one.",
    },
    { name: "all", parameters: [], returns: ["table"], doc: "A copy of all values by name." },
    { name: "clear", parameters: [], returns: ["nil"], doc: "Removes all values, those with defaults too." },
  ],
};

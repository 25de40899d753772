import type { PrimitiveEntry } from "../entries.ts";

/** `Json` (language.md part B §2.9). */
export const jsonPrimitive: PrimitiveEntry = {
  name: "Json",
  doc: "JSON text to and from Lua values.",
  phase: "procedure",
  functions: [
    {
      name: "encode",
      parameters: [{ name: "value", types: ["any"], required: true, doc: "The value." }],
      returns: ["text"],
      doc: "The value as JSON on one line. A table with the keys 1 to n is a list, every other one an object, the empty one `{}`. Functions are an error.",
      example: "Log.info(Json.encode(order))",
    },
    {
      name: "decode",
      parameters: [{ name: "text", types: ["text"], required: true, doc: "JSON." }],
      returns: ["any"],
      doc: "The value of a JSON text; lists count from 1, null is nil. Text that is no JSON is an error.",
    },
  ],
};

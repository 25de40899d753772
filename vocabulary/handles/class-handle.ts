import type { FieldEntry, HandleEntry } from "../entries.ts";

/** A class of the library: `Class:new {…}` makes an object, of the kind `made` when that is known. */
export function classHandle(
  name: string,
  doc: string,
  fields: readonly FieldEntry[],
  made: string | undefined,
): HandleEntry {
  const isRequired = fields.some(({ required }) => required);
  return {
    name,
    doc,
    isOpen: true,
    members: [
      {
        name: "new",
        types: ["function"],
        doc: `Makes one. Written with a colon: \`${name}:new {…}\`.`,
        function: {
          name: "new",
          doc: `Makes one. Written with a colon: \`${name}:new {…}\`.`,
          isMethod: true,
          parameters: [
            {
              name: "options",
              types: ["table"],
              fields,
              doc: "What it is like.",
              ...(isRequired && { required: true }),
              ...(fields.length === 0 && { isOpen: true as const }),
            },
          ],
          returns: [made === undefined ? "any" : "handle"],
          ...(made !== undefined && { returnsHandle: made }),
        },
      },
    ],
  };
}

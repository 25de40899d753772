import type { FieldEntry, FunctionEntry, MemberEntry } from "../entries.ts";

/** What a function has beside its name, its parameters and what it gives. */
type MethodDetails = Partial<Omit<FunctionEntry, "name" | "doc" | "parameters" | "returns">>;

/** A member that is called. */
export function method(
  name: string,
  doc: string,
  returns: FunctionEntry["returns"],
  parameters: readonly FieldEntry[] = [],
  details: MethodDetails = {},
): MemberEntry {
  const { status, deprecated } = details;
  return {
    name,
    doc,
    types: ["function"],
    function: { name, doc, parameters, returns, ...details },
    ...(status && { status }),
    ...(deprecated !== undefined && { deprecated }),
  };
}

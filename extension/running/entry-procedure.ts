/** The procedure that a run of a file starts when nobody names one: `main`, else the only one. */
export function entryProcedure<Procedure extends { readonly name: string }>(
  procedures: readonly Procedure[],
): Procedure | undefined {
  return (
    procedures.find(({ name }) => name === "main") ?? (procedures.length === 1 ? procedures[0] : undefined)
  );
}

/**
 * The procedure that a run of a file starts: `main`, else the only one. Others are called by it and can't be started
 * by themselves yet, so they get no run button.
 */
export function entryProcedure<Procedure extends { readonly name: string }>(
  procedures: readonly Procedure[],
): Procedure | undefined {
  return (
    procedures.find(({ name }) => name === "main") ?? (procedures.length === 1 ? procedures[0] : undefined)
  );
}

import type { ProcedureFile } from "#language/semantics/procedure-file.ts";

/** A value that is found out once for each version of a file, for questions that are asked again and again. */
export function perVersion<Value>(compute: (file: ProcedureFile) => Value): (file: ProcedureFile) => Value {
  // Types are found out afresh for each version, so their object stands for it.
  const known = new WeakMap<ProcedureFile["types"], { readonly value: Value }>();
  return (file) => {
    const found = known.get(file.types) ?? { value: compute(file) };
    known.set(file.types, found);
    return found.value;
  };
}

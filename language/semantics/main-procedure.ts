import type { Inference, PlacedSite } from "#language/semantics/inference/inference.ts";
import { typeOfSchema } from "#language/semantics/schema.ts";
import { openTable, type Type } from "#language/semantics/types.ts";

/** The procedure that a run of a file starts (language.md §1.2): the one called `main`, else the only one. */
export function mainProcedure(types: Inference): PlacedSite | undefined {
  const named = types.siteOf("Procedure", "main");
  if (named) return named;
  const procedures = types.sites().filter(({ site }) => site.kind === "Procedure");
  return procedures.length === 1 ? procedures[0] : undefined;
}

const schemasOf = new WeakMap<Inference, Map<"input" | "output", Type>>();

/** What a run of a file is given, or gives: a table with the fields of the schema. Open when nothing declares it. */
export function runSchema(types: Inference, field: "input" | "output"): Type {
  const schemas = schemasOf.get(types) ?? new Map<"input" | "output", Type>();
  schemasOf.set(types, schemas);
  const found = schemas.get(field) ?? findSchema(types, field);
  schemas.set(field, found);
  return found;
}

function findSchema(types: Inference, field: "input" | "output"): Type {
  const main = mainProcedure(types);
  const type =
    main &&
    (field === "input" ? types.inputType(main.model, main.site) : types.outputType(main.model, main.site));
  if (type && type.kind !== "unknown") return type;
  const [script] = types.scriptSchemas(field);
  return script ? typeOfSchema(script) : openTable;
}

import type { FieldSchema, FieldSchemas } from "../ports.ts";

/** What a procedure or an agent declares as its output: named fields, or one value. */
export type OutputSchema =
  | { readonly kind: "fields"; readonly fields: FieldSchemas }
  | { readonly kind: "value"; readonly field: FieldSchema };

import { pathToFileURL } from "node:url";
import type { InputField, ProcedureSummary } from "#language/declarations/describe-procedures.ts";
import {
  type DescribeProceduresParams,
  describeProceduresMethod,
} from "#protocol/editor/describe-procedures.ts";
import { inDeclaredOrder } from "../input-form/declared-order.ts";
import type { FieldDescription } from "../input-form/field-description.ts";
import type { DescribeProcedures } from "../running/run-session.ts";
import type { LanguageClientLife } from "./language-client.ts";

const fieldTypes: readonly FieldDescription["type"][] = [
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "object",
];

/** Asks the language server: evaluating declarations belongs into its process, with its limits, not into the editor's. */
export function describeThrough(languageClient: LanguageClientLife): DescribeProcedures {
  return async (source, file, uri = pathToFileURL(file).href) => {
    const params: DescribeProceduresParams = { file, source, uri };
    const procedures = await languageClient.request<readonly ProcedureSummary[]>(
      describeProceduresMethod,
      params,
    );
    return (procedures ?? []).map(({ name, line, input }) => ({
      name,
      line,
      fields: inDeclaredOrder(input.map(fieldOf), source, line),
    }));
  };
}

/** A type that the form does not know is asked for as text: the runtime says what does not fit. */
function fieldOf({ type, ...field }: InputField): FieldDescription {
  return { ...field, type: fieldTypes.find((known) => known === type) ?? "string" };
}

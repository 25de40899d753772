import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { ConversionFailure } from "./conversion.ts";

/** The rows that are to be written, each a table by column. Throws ConversionFailure. */
export function rowsOf(options: JsonObject, format: string): readonly JsonObject[] {
  const rows = options["rows"];
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new ConversionFailure(`Cannot write empty data to ${format}.`);
  }
  return rows.map((row: Json) => {
    if (isJsonObject(row)) return row;
    throw new ConversionFailure(`${format}: each row is a table by column, as in {name = "Ann"}.`);
  });
}

/** The columns in order: those that are asked for, else all columns of all rows as they first appear. */
export function columnsOf(rows: readonly JsonObject[], asked?: Json): readonly string[] {
  if (Array.isArray(asked) && asked.length > 0) return asked.map(String);
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

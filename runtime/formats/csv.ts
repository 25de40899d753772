import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { Json, JsonObject } from "#common/json.ts";
import { asBytes, asValue, type Conversion, ConversionFailure, type Converted } from "./conversion.ts";
import { columnsOf, rowsOf } from "./rows.ts";

/** Rows by the names in the first line, all values texts; lines may be longer or shorter than it. */
export function readCsv({ bytes = new Uint8Array(), options }: Conversion): Converted {
  const records: unknown = parse(utf8(bytes), {
    bom: true,
    columns: (names: string[]) => names,
    delimiter: delimiterOf(options),
    relax_column_count: true,
    skip_empty_lines: true,
  });
  return asValue(plainRows(records));
}

/** A line of headers, then the rows; a cell that a row lacks stays empty. */
export function writeCsv({ options }: Conversion): Converted {
  const rows = rowsOf(options, "CSV");
  const columns = columnsOf(rows, options["headers"]);
  const lines = rows.map((row) => columns.map((column) => cellText(row[column])));
  const text = stringify([columns, ...lines], {
    delimiter: delimiterOf(options),
    record_delimiter: "windows",
  });
  return asBytes(new TextEncoder().encode(text));
}

function delimiterOf(options: JsonObject): string {
  const delimiter = options["delimiter"];
  return typeof delimiter === "string" ? delimiter : ",";
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ConversionFailure("The file is not UTF-8 text.");
  }
}

/** The parser's records are plain objects of texts; a prototype's name as a column is a column. */
function plainRows(records: unknown): Json {
  return JSON.parse(JSON.stringify(records));
}

function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

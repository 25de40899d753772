import readWorkbook, { type CellValue, type Row } from "read-excel-file/universal";
import writeWorkbook, { type SheetData } from "write-excel-file/universal";
import type { Json, JsonObject } from "#common/json.ts";
import {
  asBytes,
  asValue,
  type Conversion,
  ConversionFailure,
  type Converted,
  maximumUnpackedBytes,
} from "./conversion.ts";
import { columnsOf, rowsOf } from "./rows.ts";
import { unpackedSize } from "./unpacked-size.ts";

/** Longest name that a sheet may have. */
const maximumNameLength = 31;

/** The rows of a sheet by the headers in its first line. */
export async function readSheet(conversion: Conversion): Promise<Converted> {
  const sheets = await sheetsOf(conversion);
  const asked = conversion.options["sheet"];
  const found = typeof asked === "string" ? sheets.find(({ sheet }) => sheet === asked) : sheets[0];
  if (!found) {
    const names = sheets.map(({ sheet }) => sheet).join(", ");
    throw new ConversionFailure(`There is no sheet '${String(asked)}'. There are: ${names}.`);
  }
  const [headers = [], ...rows] = found.data;
  const columns = headers.map((header, index) =>
    header === null || header === "" ? `col_${index}` : String(plain(header)),
  );
  return asValue(rows.map((row) => byColumn(row, columns)));
}

/** The names of the sheets, in order. */
export async function listSheets(conversion: Conversion): Promise<Converted> {
  return asValue((await sheetsOf(conversion)).map(({ sheet }) => sheet));
}

/** A workbook with one sheet: a line of headers, then the rows. */
export async function writeSheet({ options }: Conversion): Promise<Converted> {
  const rows = rowsOf(options, "Excel");
  const columns = columnsOf(rows);
  const data: SheetData = [columns.map(cell), ...rows.map((row) => columns.map((name) => cell(row[name])))];
  const sheet = options["sheet"];
  const name = typeof sheet === "string" && sheet !== "" ? sheet : "Sheet1";
  if (name.length > maximumNameLength || /[\\/?*[\]:]/.test(name)) {
    throw new ConversionFailure(`A sheet can't be named '${name}'.`);
  }
  const blob = await writeWorkbook(data, { sheet: name }).toBlob();
  return asBytes(new Uint8Array(await blob.arrayBuffer()));
}

async function sheetsOf({ bytes = new Uint8Array() }: Conversion) {
  if (unpackedSize(bytes) > maximumUnpackedBytes) {
    throw new ConversionFailure(`The workbook has more than ${maximumUnpackedBytes} bytes when unpacked.`);
  }
  return readWorkbook(Uint8Array.from(bytes).buffer);
}

function byColumn(row: Row, columns: readonly string[]): JsonObject {
  const result: Record<string, Json> = Object.create(null);
  for (const [index, column] of columns.entries()) result[column] = plain(row[index] ?? null);
  return result;
}

function plain(value: CellValue | null): Json {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  return value instanceof Date ? value.toISOString() : String(value);
}

function cell(value: Json | undefined) {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : value;
}

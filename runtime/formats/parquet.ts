import { parquetMetadata, parquetReadObjects, toJson } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
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

/** The rows of the file by column. */
export async function readParquet({ bytes = new Uint8Array() }: Conversion): Promise<Converted> {
  const file = Uint8Array.from(bytes).buffer;
  const unpacked = parquetMetadata(file).row_groups.reduce(
    (sum, group) => sum + Number(group.total_byte_size),
    0,
  );
  if (unpacked > maximumUnpackedBytes) {
    throw new ConversionFailure(`The file has more than ${maximumUnpackedBytes} bytes when unpacked.`);
  }
  const rows = await parquetReadObjects({ file });
  // Big integers, dates and bytes become what JSON has.
  return asValue(JSON.parse(JSON.stringify(toJson(rows))));
}

/** One column for each name; a column of mixed kinds is refused by the writer. */
export function writeParquet({ options }: Conversion): Converted {
  const rows = rowsOf(options, "Parquet");
  const columnData = columnsOf(rows).map((name) => ({ name, data: rows.map((row) => cell(row, name)) }));
  return asBytes(new Uint8Array(parquetWriteBuffer({ columnData })));
}

function cell(row: JsonObject, name: string): Json | undefined {
  return row[name] ?? undefined;
}

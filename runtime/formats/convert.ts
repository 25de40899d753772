import type { Conversion, Convert, Converted, Operation } from "./conversion.ts";

/** Each library is loaded when its format is first used. */
const formats: Readonly<Record<Operation, () => Promise<Convert>>> = {
  "csv.read": async () => (await import("./csv.ts")).readCsv,
  "csv.write": async () => (await import("./csv.ts")).writeCsv,
  "excel.read": async () => (await import("./excel.ts")).readSheet,
  "excel.write": async () => (await import("./excel.ts")).writeSheet,
  "excel.sheets": async () => (await import("./excel.ts")).listSheets,
  "parquet.read": async () => (await import("./parquet.ts")).readParquet,
  "parquet.write": async () => (await import("./parquet.ts")).writeParquet,
  "hdf5.read": async () => (await import("./hdf5.ts")).readDataset,
  "hdf5.write": async () => (await import("./hdf5.ts")).writeDataset,
  "hdf5.list": async () => (await import("./hdf5.ts")).listDatasets,
  "glob.filter": async () => (await import("./globs.ts")).filterPaths,
};

/** Performs a conversion. What it throws is about the data. */
export async function convert(conversion: Conversion): Promise<Converted> {
  const perform = await formats[conversion.operation]();
  return perform(conversion);
}

import type { LibraryModule } from "../library-module.ts";
import { foldersModule } from "./folders.ts";
import { delimitedModule, excelModule, hdf5Module, parquetModule } from "./tables.ts";
import { fileModule, jsonModule } from "./texts.ts";

/** `tactus.io.*`: files by format. What is not a text is worked on in a thread of its own, inside the sandbox. */
export const ioModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.io.csv": delimitedModule("csv", ","),
  "tactus.io.excel": excelModule,
  "tactus.io.file": fileModule,
  "tactus.io.fs": foldersModule,
  "tactus.io.hdf5": hdf5Module,
  "tactus.io.json": jsonModule,
  "tactus.io.parquet": parquetModule,
  "tactus.io.tsv": delimitedModule("tsv", "\t"),
};

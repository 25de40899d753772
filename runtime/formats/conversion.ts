import type { Json, JsonObject } from "#common/json.ts";

/** What a conversion does; the word before the point is the format. */
export type Operation =
  | "csv.read"
  | "csv.write"
  | "excel.read"
  | "excel.write"
  | "excel.sheets"
  | "parquet.read"
  | "parquet.write"
  | "hdf5.read"
  | "hdf5.write"
  | "hdf5.list"
  | "glob.filter";

/** One piece of work on the content of a file: bytes in, a value out, or the other way round. */
export interface Conversion {
  readonly operation: Operation;
  /** Content of the file; absent for a new one. */
  readonly bytes?: Uint8Array | undefined;
  readonly options: JsonObject;
}

/** A value as JSON, or the content of a file. */
export type Converted =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** Works on one format. What it throws is about the data; a ConversionFailure says it in our words. */
export type Convert = (conversion: Conversion) => Converted | Promise<Converted>;

/** The data does not fit the format, or the format can't hold the data. The message is for people. */
export class ConversionFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConversionFailure";
  }
}

/** Most bytes that a compressed file may grow to: a small file must not fill the memory. */
export const maximumUnpackedBytes: number = 128 * 1024 * 1024;

export function asValue(value: Json): Converted {
  return { kind: "value", value };
}

export function asBytes(bytes: Uint8Array): Converted {
  return { kind: "bytes", bytes };
}

/** To the thread that converts. */
export interface ConversionRequest {
  readonly id: number;
  readonly conversion: Conversion;
}

/** From the thread that converts. */
export type ConversionReply =
  | { readonly id: number; readonly converted: Converted }
  | { readonly id: number; readonly failure: string };

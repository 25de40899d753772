import hdf5, { Dataset, Group } from "h5wasm";
import type { Json } from "#common/json.ts";
import {
  asBytes,
  asValue,
  type Conversion,
  ConversionFailure,
  type Converted,
  maximumUnpackedBytes,
} from "./conversion.ts";

/** The library reads and writes a file system of its own, in memory; this is the only file in it. */
const workFile = "content.h5";

/** The values of a dataset, as lists in lists for more than one dimension. */
export async function readDataset(conversion: Conversion): Promise<Converted> {
  const name = datasetName(conversion);
  return withFile(conversion.bytes, "r", (file) => {
    const dataset = file.get(name);
    if (!(dataset instanceof Dataset)) {
      throw new ConversionFailure(
        `There is no dataset '${name}'. There are: ${datasetsIn(file).join(", ")}.`,
      );
    }
    if (bytesIn(dataset) > maximumUnpackedBytes) {
      throw new ConversionFailure(`The dataset has more than ${maximumUnpackedBytes} bytes when unpacked.`);
    }
    return asValue(dataset.to_array());
  });
}

/** The paths of all datasets. */
export async function listDatasets({ bytes }: Conversion): Promise<Converted> {
  return withFile(bytes, "r", (file) => asValue([...datasetsIn(file)]));
}

/** Adds a dataset to the file, or begins a new one. One of that name is replaced, its attributes go. */
export async function writeDataset(conversion: Conversion): Promise<Converted> {
  const { FS } = await hdf5.ready;
  const name = datasetName(conversion);
  const content = flatData(conversion.options["data"] ?? null);
  const before = conversion.bytes && (await withoutDataset(conversion.bytes, name));
  await withFile(before, before ? "a" : "w", (file) => addDataset(file, name, content));
  return asBytes(FS.readFile(workFile));
}

/** The library can't remove a dataset, so that the others are written anew. */
async function withoutDataset(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const { FS } = await hdf5.ready;
  const others = await withFile(bytes, "r", (file) => {
    if (!(file.get(name) instanceof Dataset)) return undefined;
    const wanted = namesIn(name).join("/");
    return datasetsIn(file)
      .filter((path) => path !== wanted)
      .map((path) => ({ path, content: contentOf(file, path) }));
  });
  if (!others) return bytes;
  await withFile(undefined, "w", (file) => {
    for (const { path, content } of others) addDataset(file, path, content);
  });
  return FS.readFile(workFile);
}

type DatasetContent = Omit<Parameters<Group["create_dataset"]>[0], "name">;

function addDataset(file: Opened, path: string, content: DatasetContent): void {
  const names = namesIn(path);
  let group: Group = file;
  for (const name of names.slice(0, -1)) {
    const inner = group.get(name) ?? group.create_group(name);
    if (!(inner instanceof Group)) throw new ConversionFailure(`'${name}' in '${path}' is no group.`);
    group = inner;
  }
  group.create_dataset({ ...content, name: names.at(-1) ?? "" });
}

function contentOf(file: Opened, path: string): DatasetContent {
  const dataset = file.get(path);
  if (!(dataset instanceof Dataset) || dataset.value === null) {
    throw new ConversionFailure(`The dataset '${path}' can't be kept while another one is replaced.`);
  }
  const { value, shape, dtype } = dataset;
  // What the library read in a type it writes again in that type.
  return { data: value as DatasetContent["data"], shape, dtype };
}

function namesIn(path: string): readonly string[] {
  return path.split("/").filter(Boolean);
}

type Opened = InstanceType<typeof hdf5.File>;

/** Opens the content as a file of the library, and closes it whatever happens. */
async function withFile<Result>(
  bytes: Uint8Array | undefined,
  mode: "r" | "a" | "w",
  work: (file: Opened) => Result,
): Promise<Result> {
  const { FS } = await hdf5.ready;
  if (bytes) FS.writeFile(workFile, bytes);
  const file = open(mode);
  try {
    return work(file);
  } finally {
    file.close();
  }
}

function open(mode: "r" | "a" | "w"): Opened {
  try {
    const file = new hdf5.File(workFile, mode);
    // A file that is not HDF5 is opened all the same, with an invalid number.
    if (file.file_id > 0n) return file;
  } catch {
    // Said below, in words for people.
  }
  throw new ConversionFailure("The file is not an HDF5 file.");
}

function datasetName({ options }: Conversion): string {
  const name = options["dataset"];
  if (typeof name === "string" && namesIn(name).length > 0) return name;
  throw new ConversionFailure("HDF5: which dataset? Its name is missing.");
}

function datasetsIn(file: Opened): readonly string[] {
  return file.paths().filter((path) => file.get(path) instanceof Dataset);
}

function bytesIn({ shape, metadata }: Dataset): number {
  return (shape ?? []).reduce((product, length) => product * length, metadata.size);
}

/** Values one after the other, and how many there are in each dimension. */
function flatData(data: Json): { data: Int32Array | Float64Array | string[]; shape: number[] } {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0] ?? null) shape.push(level.length);
  const values: unknown[] = Array.isArray(data) ? data.flat(shape.length) : [];
  if (values.length === 0 || values.length !== shape.reduce((product, length) => product * length, 1)) {
    throw new ConversionFailure("HDF5: data is a list of values, or of lists of one length.");
  }
  if (values.every((value) => typeof value === "string")) return { data: values, shape };
  if (!values.every((value) => typeof value === "number")) {
    throw new ConversionFailure("HDF5: data is all numbers or all texts.");
  }
  return { data: values.every(isInt32) ? Int32Array.from(values) : Float64Array.from(values), shape };
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

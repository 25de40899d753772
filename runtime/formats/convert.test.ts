import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import type { Operation } from "./conversion.ts";
import { convert } from "./convert.ts";

async function written(operation: Operation, options: JsonObject, bytes?: Uint8Array): Promise<Uint8Array> {
  const converted = await convert({ operation, options, bytes });
  if (converted.kind !== "bytes") throw new Error("No bytes.");
  return converted.bytes;
}

async function read(operation: Operation, bytes: Uint8Array, options: JsonObject = {}): Promise<Json> {
  const converted = await convert({ operation, options, bytes });
  if (converted.kind !== "value") throw new Error("No value.");
  return converted.value;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("CSV", () => {
  test.for<{ name: string; text: string; rows: Json; options?: JsonObject }>([
    { name: "values are texts", text: "a,b\r\n1,x\r\n", rows: [{ a: "1", b: "x" }] },
    { name: "quotes and line breaks", text: 'a,b\n"x, ""y""","1\n2"\n', rows: [{ a: 'x, "y"', b: "1\n2" }] },
    { name: "a byte order mark, blank lines", text: "\uFEFFa\n\n1\n", rows: [{ a: "1" }] },
    { name: "lines of another length", text: "a,b\n1\n1,2,3\n", rows: [{ a: "1" }, { a: "1", b: "2" }] },
    { name: "tabs", text: "a\tb\n1\t2\n", rows: [{ a: "1", b: "2" }], options: { delimiter: "\t" } },
    { name: "headers alone", text: "a,b\n", rows: [] },
    {
      name: "names of a prototype",
      text: "__proto__,constructor\n1,2\n",
      rows: JSON.parse('[{"__proto__":"1","constructor":"2"}]'),
    },
  ])("reads: $name", async ({ text: content, rows, options }) => {
    expect(await read("csv.read", text(content), options)).toEqual(rows);
  });

  test.for<{ name: string; options: JsonObject; text: string }>([
    {
      name: "headers of the rows",
      options: {
        rows: [
          { a: 1, b: "x" },
          { a: 2, c: true },
        ],
      },
      text: "a,b,c\r\n1,x,\r\n2,,true\r\n",
    },
    {
      name: "headers that are asked for",
      options: { rows: [{ a: 1, b: 2 }], headers: ["b"] },
      text: "b\r\n2\r\n",
    },
    { name: "quotes", options: { rows: [{ a: 'x,"y"\n' }] }, text: 'a\r\n"x,""y""\n"\r\n' },
    { name: "tables as JSON", options: { rows: [{ a: [1] }] }, text: "a\r\n[1]\r\n" },
  ])("writes: $name", async ({ options, text: expected }) => {
    expect(new TextDecoder().decode(await written("csv.write", options))).toBe(expected);
  });

  test.for<[string, Operation, JsonObject, Uint8Array | undefined, RegExp]>([
    ["no rows", "csv.write", { rows: [] }, undefined, /Cannot write empty data to CSV/],
    ["a row that is no table", "csv.write", { rows: [1] }, undefined, /each row is a table/],
    ["bytes that are no text", "csv.read", {}, Uint8Array.of(0xff, 0xfe, 0x00), /not UTF-8/],
    ["an open quote", "csv.read", {}, text('a\n"x'), /[Qq]uote/],
  ])("refuses %s", async ([, operation, options, bytes, message]) => {
    await expect(convert({ operation, options, bytes })).rejects.toThrow(message);
  });
});

describe("Excel", () => {
  test("what was written is read again", async () => {
    const rows = [
      { active: true, name: "Ann", n: 1.5 },
      { active: false, name: "Bob", n: 2 },
    ];
    const bytes = await written("excel.write", { rows, sheet: "People" });
    expect(await read("excel.read", bytes)).toEqual(rows);
    expect(await read("excel.read", bytes, { sheet: "People" })).toEqual(rows);
    expect(await read("excel.sheets", bytes)).toEqual(["People"]);
  });

  test("columns without a header are numbered; missing cells are null", async () => {
    const bytes = await written("excel.write", {
      rows: [
        { "": "x", b: null },
        { "": "y", b: 3 },
      ],
    });
    expect(await read("excel.read", bytes)).toEqual([
      { col_0: "x", b: null },
      { col_0: "y", b: 3 },
    ]);
    expect(await read("excel.sheets", bytes)).toEqual(["Sheet1"]);
  });

  test("a sheet that does not exist", async () => {
    const bytes = await written("excel.write", { rows: [{ a: 1 }] });
    await expect(read("excel.read", bytes, { sheet: "Other" })).rejects.toThrow(/There are: Sheet1/);
  });

  test("a file that is no workbook", async () => {
    await expect(read("excel.read", text("hello"))).rejects.toThrow();
  });

  test("a small file that grows is refused before it is unpacked", async () => {
    const bytes = await written("excel.write", { rows: [{ a: 1 }] });
    const directory = bytes.findIndex(
      (_, at) => bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1,
    );
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(directory + 24, 0x7fffffff, true);
    await expect(read("excel.read", bytes)).rejects.toThrow(/when unpacked/);
  });
});

describe("Parquet", () => {
  test("what was written is read again", async () => {
    const rows = [
      { id: 1, name: "Ann", score: 0.5, ok: true },
      { id: 2, name: "Bob", score: 1.25, ok: false },
    ];
    const bytes = await written("parquet.write", { rows });
    expect(await read("parquet.read", bytes)).toEqual(rows);
  });

  test("missing values are null", async () => {
    const bytes = await written("parquet.write", { rows: [{ a: 1 }, { a: null, b: "x" }] });
    expect(await read("parquet.read", bytes)).toMatchObject([{ a: 1 }, { b: "x" }]);
  });

  test.for<[string, Uint8Array]>([
    ["text", text("hello")],
    ["nothing", new Uint8Array()],
  ])("%s is no Parquet file", async ([, bytes]) => {
    await expect(read("parquet.read", bytes)).rejects.toThrow();
  });
});

describe("HDF5", () => {
  test("numbers, texts and lists of lists, in groups, added one after the other", async () => {
    const first = await written("hdf5.write", { dataset: "a", data: [1, 2, 3] });
    const second = await written("hdf5.write", { dataset: "g/names", data: ["x", "y"] }, first);
    const third = await written(
      "hdf5.write",
      {
        dataset: "g/m",
        data: [
          [1.5, 2],
          [3, 4],
        ],
      },
      second,
    );
    expect(await read("hdf5.list", third)).toEqual(["a", "g/m", "g/names"]);
    expect(await read("hdf5.read", third, { dataset: "a" })).toEqual([1, 2, 3]);
    expect(await read("hdf5.read", third, { dataset: "g/names" })).toEqual(["x", "y"]);
    expect(await read("hdf5.read", third, { dataset: "/g/m" })).toEqual([
      [1.5, 2],
      [3, 4],
    ]);
  });

  test.for<[string, Operation, JsonObject, RegExp]>([
    ["an unknown dataset", "hdf5.read", { dataset: "b" }, /no dataset 'b'\. There are: a/],
    ["a dataset as a group", "hdf5.write", { dataset: "a/b", data: [1] }, /no group/],
    ["mixed values", "hdf5.write", { dataset: "b", data: [1, "x"] }, /all numbers or all texts/],
    ["ragged lists", "hdf5.write", { dataset: "b", data: [[1], [2, 3]] }, /lists of one length/],
    ["no values", "hdf5.write", { dataset: "b", data: [] }, /list of values/],
    ["no name", "hdf5.read", {}, /name is missing/],
  ])("refuses %s", async ([, operation, options, message]) => {
    const bytes = await written("hdf5.write", { dataset: "a", data: [1] });
    await expect(convert({ operation, options, bytes })).rejects.toThrow(message);
  });

  test("a dataset of that name is replaced, the others stay as they are", async () => {
    const first = await written("hdf5.write", { dataset: "g/a", data: [1, 2] });
    const second = await written("hdf5.write", { dataset: "g/b", data: [[0.5, 2]] }, first);
    const third = await written("hdf5.write", { dataset: "s", data: ["x"] }, second);
    const bytes = await written("hdf5.write", { dataset: "/g/a", data: ["new"] }, third);
    expect(await read("hdf5.list", bytes)).toEqual(["g/a", "g/b", "s"]);
    expect(await read("hdf5.read", bytes, { dataset: "g/a" })).toEqual(["new"]);
    expect(await read("hdf5.read", bytes, { dataset: "g/b" })).toEqual([[0.5, 2]]);
    expect(await read("hdf5.read", bytes, { dataset: "s" })).toEqual(["x"]);
  });

  test("a file of another kind", async () => {
    await expect(read("hdf5.list", text("hello"))).rejects.toThrow(/not an HDF5 file/);
  });
});

test("a pattern chooses paths", async () => {
  const paths = ["a.md", "b.txt", "sub/c.md", ".hidden.md"];
  const options = (pattern: string): JsonObject => ({ pattern, paths });
  expect(await read("glob.filter", new Uint8Array(), options("*.md"))).toEqual(["a.md"]);
  expect(await read("glob.filter", new Uint8Array(), options("**/*.md"))).toEqual(["a.md", "sub/c.md"]);
});

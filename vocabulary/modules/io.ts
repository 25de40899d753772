import type { FieldEntry, FunctionEntry, ModuleEntry, ValueEntry } from "../entries.ts";
import { method } from "../handles/method.ts";

const path: FieldEntry = {
  name: "path",
  types: ["text"],
  required: true,
  refersTo: "path",
  doc: "The file, relative to the folder of the procedure. Paths that lead out of it are refused.",
};

const reading: Partial<FunctionEntry> = {
  effect: "external",
  reaches: [{ capability: "file.read", by: "path", isBesideProcedure: true }],
  advice:
    "Wrap it in `Step.checkpoint`: its value is then kept even when the code is changed before the run is resumed.",
};
const writing: Partial<FunctionEntry> = {
  effect: "external",
  reaches: [{ capability: "file.write", by: "path", isBesideProcedure: true }],
  advice:
    "Wrap it in `Step.checkpoint`: it is then not done again when the code is changed before the run is resumed.",
};

const row: ValueEntry = { types: ["table"], isOpen: true };
const rows: FieldEntry = {
  name: "rows",
  types: ["list"],
  required: true,
  each: row,
  doc: "The rows, each a table by column; at least one.",
};

function delimited(name: string, doc: string): ModuleEntry {
  return {
    name: `tactus.io.${name}`,
    doc,
    example: `local ${name} = require("tactus.io.${name}")\nfor _, row in ipairs(${name}.read("data.${name}")) do … end`,
    exports: [
      method("read", "The rows of the file by column; all values are texts.", ["list"], [path], {
        ...reading,
        returnsEach: { ...row, each: { types: ["text"] } },
      }),
      method(
        "write",
        "Writes rows with a line of headers.",
        ["any"],
        [
          path,
          rows,
          {
            name: "options",
            types: ["table"],
            fields: [
              {
                name: "headers",
                types: ["list"],
                each: { types: ["text"] },
                doc: "The columns, in order; all that the rows have unless said.",
              },
            ],
            doc: "How it is written.",
          },
        ],
        writing,
      ),
    ],
  };
}

const indent: FieldEntry = {
  name: "indent",
  types: ["integer"],
  doc: "Blanks for each level; one line unless said.",
};
const data: FieldEntry = { name: "data", types: ["any"], required: true, doc: "The value." };

const sheet = (doc: string, preset?: string): FieldEntry => ({
  name: "options",
  types: ["table"],
  fields: [{ name: "sheet", types: ["text"], doc, ...(preset !== undefined && { default: preset }) }],
  doc: "Which sheet.",
});

const listing = (own: readonly FieldEntry[]): FieldEntry => ({
  name: "options",
  types: ["table"],
  fields: [
    {
      name: "files_only",
      types: ["boolean"],
      default: true,
      doc: "Whether folders are left out; `dirs_only` goes before.",
    },
    { name: "dirs_only", types: ["boolean"], default: false, doc: "Whether files are left out." },
    { name: "sort", types: ["boolean"], default: true, doc: "Whether they come in order." },
    ...own,
  ],
  doc: "What is listed.",
});

const recursive: FieldEntry = {
  name: "recursive",
  types: ["boolean"],
  default: false,
  doc: "Whether folders in folders are looked into.",
};

/** Searching a folder, which `by` names, or a pattern. */
const searching = (by: string, names: "folder" | "pattern"): Partial<FunctionEntry> => ({
  ...reading,
  reaches: [{ capability: "file.read", by, names, isBesideProcedure: true }],
  returnsEach: { types: ["text"], refersTo: "path" },
});

const dataset: FieldEntry = { name: "dataset", types: ["text"], required: true, doc: "Which dataset." };

/** Files by format (language.md part B §4.6). None of it is a checkpoint. */
export const ioModules: readonly ModuleEntry[] = [
  {
    name: "tactus.io.file",
    doc: "Text files.",
    exports: [
      method("read", "The whole file as text.", ["text"], [path], reading),
      method(
        "write",
        "Writes a file, with the folders that it needs.",
        ["any"],
        [path, { name: "content", types: ["text"], required: true, doc: "The new content." }],
        writing,
      ),
      method(
        "exists",
        "Whether there is such a file; false for a path that is refused.",
        ["boolean"],
        [path],
        reading,
      ),
    ],
  },
  {
    name: "tactus.io.json",
    doc: "JSON files and texts.",
    exports: [
      method("read", "The value of a JSON file.", ["any"], [path], reading),
      method(
        "write",
        "Writes a value as JSON.",
        ["any"],
        [path, data, { ...indent, default: 2, doc: "Blanks for each level." }],
        writing,
      ),
      method("encode", "The value as JSON.", ["text"], [{ ...data, name: "value" }, indent]),
      method(
        "decode",
        "The value of a JSON text.",
        ["any"],
        [{ name: "text", types: ["text"], required: true, doc: "JSON." }],
      ),
    ],
  },
  delimited("csv", "Tables with commas."),
  delimited("tsv", "Tables with tabs."),
  {
    name: "tactus.io.fs",
    doc: "Lists of files. Paths that are absolute or go up are refused.",
    exports: [
      method(
        "list_dir",
        "The paths in a folder.",
        ["list"],
        [{ ...path, name: "dir", doc: "The folder." }, listing([])],
        searching("dir", "folder"),
      ),
      method(
        "glob",
        "The paths that fit a pattern such as `notes/*.md`.",
        ["list"],
        [{ name: "pattern", types: ["text"], required: true, doc: "The pattern." }, listing([recursive])],
        searching("pattern", "pattern"),
      ),
    ],
  },
  {
    name: "tactus.io.excel",
    doc: "Workbooks.",
    exports: [
      method(
        "read",
        "The rows of a sheet by column; a column without a header is `col_<number>`.",
        ["list"],
        [path, sheet("The sheet; the first unless said.")],
        { ...reading, returnsEach: row },
      ),
      method(
        "write",
        "Writes rows to a sheet.",
        ["any"],
        [path, rows, sheet("The sheet.", "Sheet1")],
        writing,
      ),
      method("sheets", "Names of the sheets.", ["list"], [path], {
        ...reading,
        returnsEach: { types: ["text"] },
      }),
    ],
  },
  {
    name: "tactus.io.parquet",
    doc: "Parquet files.",
    exports: [
      method("read", "The rows of the file by column.", ["list"], [path], { ...reading, returnsEach: row }),
      method("write", "Writes rows; a column holds values of one kind.", ["any"], [path, rows], writing),
    ],
  },
  {
    name: "tactus.io.hdf5",
    doc: "HDF5 files.",
    exports: [
      method("read", "The values of a dataset.", ["list"], [path, dataset], reading),
      method(
        "write",
        "Adds a dataset to the file, which is made when there is none; groups as in `a/b`.",
        ["any"],
        [path, dataset, { name: "data", types: ["list"], required: true, doc: "The values." }],
        { ...writing, reaches: [...(reading.reaches ?? []), ...(writing.reaches ?? [])] },
      ),
      method("list", "Names of the datasets.", ["list"], [path], {
        ...reading,
        returnsEach: { types: ["text"] },
      }),
    ],
  },
];

import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const path: FieldEntry = {
  name: "path",
  types: ["text"],
  required: true,
  refersTo: "path",
  doc: "The file, relative to the workspace. Absolute paths, and paths that lead out of it, are refused.",
};

const again =
  "A resumed run takes what was recorded; outside of a checkpoint that holds only while the code before it stays.";
const reading = {
  effect: "external",
  reaches: [{ capability: "file.read", by: "path" }],
  advice: "Wrap it: `Step.checkpoint(function() return File.read(path) end)`.",
} as const;

/** `File` (language.md part B §2.8). */
export const filePrimitive: PrimitiveEntry = {
  name: "File",
  doc: "Files of the workspace; nothing outside of it can be reached.",
  phase: "procedure",
  functions: [
    {
      name: "read",
      parameters: [path],
      returns: ["text"],
      ...reading,
      doc: `The whole file as UTF-8 text; an error when there is none. ${again}`,
      example: 'local notes = Step.checkpoint(function() return File.read("notes.md") end)',
    },
    {
      name: "write",
      parameters: [path, { name: "content", types: ["text"], required: true, doc: "The new content." }],
      returns: ["boolean"],
      effect: "external",
      reaches: [{ capability: "file.write", by: "path" }],
      advice: "Wrap it: `Step.checkpoint(function() return File.write(path, content) end)`.",
      doc: "Writes the file, over what was there, with the folders that it needs; gives true. A resumed run does not write again; outside of a checkpoint that holds only while the code before it stays.",
    },
    {
      name: "exists",
      parameters: [path],
      returns: ["boolean"],
      ...reading,
      doc: `Whether there is such a file; false for a folder. ${again}`,
    },
    {
      name: "size",
      parameters: [path],
      returns: ["integer"],
      ...reading,
      doc: `Its size in bytes; an error when there is none. ${again}`,
    },
  ],
};

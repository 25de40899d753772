/** Texts that once made the server answer with an error or with what no editor can use, log one, hang or end. */
export interface Regression {
  readonly name: string;
  readonly text: string;
  /** What the document is called; a procedure when absent. */
  readonly file?: string;
  /** Where it was asked, as an offset; the end of the text when absent. */
  readonly offset?: number;
}

const sidecar = "regression.tac.yml";

export const regressions: readonly Regression[] = [
  { name: "an empty file", text: "" },
  { name: "half of a surrogate pair", text: 'x = "\ud800' },
  { name: "a module whose name is half of a surrogate pair", text: 'local m = require("\ud800")' },
  { name: "a path that is half of a surrogate pair", text: 'File.read"\ude19' },
  {
    name: "edits of the formatter that start within a line break",
    text: 'l{\n"",{{}},function()n{""}\r\n    end}',
  },
  { name: "an edit of the formatter that ends within a line break", text: ".\n\r\nlocal d" },
  { name: "a token for a name that is missing", text: "function" },
  {
    name: "references of a path that is too long for a regular expression",
    text: `File.write("${"x = {".repeat(8000)}", "")`,
    offset: 20,
  },
  { name: "a finding that ends within a line break", text: "[[\n\r\n=" },
  { name: "line breaks of two kinds in a sidecar", text: "\nsandbox: \r  enabled: tru\r\n", file: sidecar },
  {
    name: "completion in an empty first line of a sidecar",
    text: "\nsandbox:\n  enabled: true",
    file: sidecar,
    offset: 0,
  },
  {
    name: "more tokens than the length of the text lets expect, at the place where room is made for them",
    text: `x = {${"a=1,".repeat(500)}}`,
  },
  { name: "a table with more values than a call can have arguments", text: `x = {${"1, ".repeat(150_000)}}` },
];

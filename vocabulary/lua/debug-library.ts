import type { LibraryEntry } from "../entries.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  f: "A function, or how many calls up: 1 is the function that asks.",
  what: "Ignored: the same fields always come.",
});

/** What is left of `debug` (language.md §1.8). */
export const debugLibrary: LibraryEntry = {
  name: "debug",
  doc: "Only where code stands: nothing of it can be changed.",
  constants: [],
  absent: {
    traceback: "the run reports where an error happened",
    sethook: "set a breakpoint in the editor",
    getlocal: "set a breakpoint in the editor",
  },
  functions: [
    define("getinfo(f: any, what?: string): table|nil", "Name and place of a function or of a call.", {
      returnFields: [
        { name: "source", types: ["text"], doc: "The file, with `@` or `=` before it." },
        { name: "short_src", types: ["text"], doc: "The file, for people." },
        { name: "what", types: ["text"], doc: '"Lua", "C" or "main".' },
        { name: "currentline", types: ["integer", "nil"], doc: "The line that runs." },
        { name: "linedefined", types: ["integer"], doc: "The line where it begins." },
        { name: "lastlinedefined", types: ["integer"], doc: "The line where it ends." },
        { name: "name", types: ["text", "nil"], doc: "What it was called by." },
        { name: "namewhat", types: ["text", "nil"], doc: "What that name is." },
      ],
    }),
  ],
};

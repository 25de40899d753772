import type { LibraryEntry } from "../entries.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  f: "The function.",
  thread: "The coroutine.",
  "…": "Values that are handed over.",
});

/** Functions that can stop and go on (language.md §1.8). */
export const coroutineLibrary: LibraryEntry = {
  name: "coroutine",
  doc: "Functions that stop in the middle and go on later.",
  constants: [],
  absent: {},
  functions: [
    define("close(thread: any): boolean, any", "Ends a coroutine that is suspended or dead."),
    define("create(f: function): any", "A coroutine that will run the function; `resume` starts it."),
    define("isyieldable(thread?: any): boolean", "Whether the code that runs now may yield."),
    define(
      "resume(thread: any, ...): boolean, ...",
      "Runs it until it yields or ends: true and its values, or false and the error.",
    ),
    define("running(): any, boolean", "The coroutine that runs now, and whether it is the main one."),
    define("status(thread: any): string", 'One of "running", "suspended", "normal" and "dead".'),
    define("wrap(f: function): function", "A function that resumes a new coroutine; errors are raised."),
    define("yield(...): ...", "Stops here; gives what the next `resume` is called with."),
  ],
};

import type { FieldEntry, LibraryEntry } from "../entries.ts";
import { recorded } from "./recorded.ts";
import { functionsWith } from "./signature.ts";

const dateFields: readonly FieldEntry[] = [
  { name: "year", types: ["integer"], required: true, doc: "The year, such as 2026." },
  { name: "month", types: ["integer"], required: true, doc: "1 to 12." },
  { name: "day", types: ["integer"], required: true, doc: "1 to 31." },
  { name: "hour", types: ["integer"], default: 12, doc: "0 to 23." },
  { name: "min", types: ["integer"], default: 0, doc: "0 to 59." },
  { name: "sec", types: ["integer"], default: 0, doc: "0 to 59." },
];

const define = functionsWith({
  format: "Codes such as `%Y-%m-%d %H:%M:%S`; `*t` gives a table.",
  time: "Seconds since 1970; now unless said.",
  table: "A date in UTC; now unless said.",
  name: "Name of the variable.",
});

const noProcesses = "a procedure can't touch the system around it";

/** What is left of `os`: clocks and dates (language.md §1.8, part B §3.6). */
export const osLibrary: LibraryEntry = {
  name: "os",
  doc: "Clock and dates, in UTC. There are no processes, no files and no environment here.",
  constants: [],
  absent: {
    execute: "use Host.call with a tool that the host allows",
    exit: "return from the procedure, or call error",
    remove: noProcesses,
    rename: noProcesses,
    setlocale: noProcesses,
    difftime: "subtract the two times",
  },
  functions: [
    define("clock(): number", "Seconds since the run began, with a fraction.", {
      effect: "nondeterministic",
      advice: "Measure inside one checkpoint, or leave it to the journal, which has the times of every step.",
    }),
    define(
      "date(format?: string, time?: integer): string|table",
      "The date and time as text, in UTC. The format `*t` gives a table with year, month, day, hour, min, sec, wday, yday.",
      {
        effect: "nondeterministic",
        advice: `${recorded} Ask inside a checkpoint: \`Step.checkpoint(function() return os.date("%F") end)\`.`,
        about: { format: { default: "%a %b %d %H:%M:%S %Y" } },
        example: 'local today = Step.checkpoint(function() return os.date("%Y-%m-%d") end)',
      },
    ),
    define("getenv(name: string): nil", "Always nil: a procedure has no environment.", {
      effect: "nondeterministic",
      advice: "Declare an input of the procedure and pass the value to the run.",
    }),
    define(
      "time(table?: table): integer",
      "Seconds since 1970: of now, or of a date in a table, which is read as UTC.",
      {
        effect: "nondeterministic",
        advice: `${recorded} Ask inside a checkpoint: \`Step.checkpoint(os.time)\`.`,
        about: { table: { fields: dateFields } },
        example: "local started = Step.checkpoint(os.time)",
      },
    ),
    define("tmpname(): string", "A made-up name. No file of that name exists, and none is created.", {
      effect: "nondeterministic",
      advice: "Choose a name of your own in the workspace.",
    }),
  ],
};

import type { PrimitiveEntry } from "../entries.ts";

/** `Retry` (language.md part B §2.10). */
export const retryPrimitive: PrimitiveEntry = {
  name: "Retry",
  doc: "Calls again what failed.",
  phase: "procedure",
  functions: [
    {
      name: "with_backoff",
      parameters: [
        { name: "fn", types: ["function"], required: true, parameters: [], doc: "What is tried." },
        {
          name: "options",
          types: ["table"],
          doc: "How often and how fast.",
          fields: [
            { name: "max_attempts", types: ["integer"], default: 3, doc: "Attempts in all, at least 1." },
            {
              name: "initial_delay",
              types: ["number"],
              default: 1,
              doc: "Seconds before the second attempt.",
            },
            { name: "max_delay", types: ["number"], default: 60, doc: "Longest delay in seconds." },
            {
              name: "backoff_factor",
              types: ["number"],
              default: 2,
              doc: "What the delay is multiplied by after each attempt.",
            },
            {
              name: "on_error",
              types: ["function"],
              parameters: [
                {
                  name: "failure",
                  types: ["table"],
                  required: true,
                  fields: [
                    { name: "attempt", types: ["integer"], doc: "Which attempt failed, from 1." },
                    { name: "max_attempts", types: ["integer"], doc: "Attempts in all." },
                    { name: "error", types: ["text"], doc: "What went wrong." },
                    { name: "delay", types: ["number"], doc: "Seconds until the next attempt." },
                  ],
                  doc: "What happened.",
                },
              ],
              doc: "Called after each failure, the last one included. Its own errors are logged.",
            },
          ],
        },
      ],
      returns: ["any"],
      doc: "Calls the function until it does not fail, and gives its first value. After the last attempt the error is raised. The waiting is real, and no checkpoint.",
      example:
        "local page = Retry.with_backoff(function() return fetch({url = url}) end, {max_attempts = 5})",
    },
  ],
};

/** `Sleep` (language.md part B §2.11). */
export const sleepPrimitive: PrimitiveEntry = {
  name: "Sleep",
  doc: "Waits some seconds.",
  phase: "procedure",
  call: {
    name: "Sleep",
    parameters: [{ name: "seconds", types: ["number"], required: true, doc: "How long." }],
    returns: ["nil"],
    doc: "Waits. A resumed run does not wait again.",
    example: "Sleep(2)",
  },
  functions: [],
};

/** `Stop` (language.md part B §2.11). */
export const stopPrimitive: PrimitiveEntry = {
  name: "Stop",
  doc: "A wish to stop, for loops that look at it. Nothing stops by itself; the wish is part of the run's result.",
  phase: "procedure",
  functions: [
    {
      name: "requested",
      parameters: [],
      returns: ["boolean"],
      doc: "Whether a stop was asked for.",
      example: "while not Stop.requested() do … end",
    },
    { name: "reason", parameters: [], returns: ["text", "nil"], doc: "Why; nil when nobody asked." },
    {
      name: "success",
      parameters: [],
      returns: ["boolean"],
      doc: "Whether stopping counts as a success; true unless said.",
    },
    {
      name: "request",
      parameters: [
        { name: "reason", types: ["text"], doc: "Why." },
        { name: "success", types: ["boolean"], default: true, doc: "Whether it counts as a success." },
      ],
      returns: ["nil"],
      doc: "Asks for a stop. The code goes on: leave the loop or return yourself.",
    },
    { name: "reset", parameters: [], returns: ["nil"], doc: "Takes the wish back." },
  ],
};

/** `Iterations` (language.md part B §2.11). */
export const iterationsPrimitive: PrimitiveEntry = {
  name: "Iterations",
  doc: "A counter for loops. Nothing counts by itself: call `Iterations.increment()` in the loop.",
  phase: "procedure",
  functions: [
    { name: "current", parameters: [], returns: ["integer"], doc: "The count; 0 at the start of a run." },
    {
      name: "exceeded",
      parameters: [{ name: "limit", types: ["integer"], required: true, doc: "The limit." }],
      returns: ["boolean"],
      doc: "Whether the count has reached the limit.",
      example: "repeat\n  worker()\n  Iterations.increment()\nuntil done.called() or Iterations.exceeded(10)",
    },
    { name: "increment", parameters: [], returns: ["integer"], doc: "Counts one, and gives the new count." },
    { name: "reset", parameters: [], returns: ["integer"], doc: "Sets the count back to 0." },
  ],
};

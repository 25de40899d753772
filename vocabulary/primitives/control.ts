import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

/** `Retry` (language.md part B §2.10). */
export const retryPrimitive: PrimitiveEntry = {
  name: "Retry",
  doc: "Calls again what failed.",
  functions: [
    {
      name: "with_backoff",
      parameters: [
        { name: "fn", types: ["function"], required: true, doc: "What is tried." },
        {
          name: "options",
          types: ["table"],
          doc: "How often and how fast.",
          fields: [
            { name: "max_attempts", types: ["integer"], default: 3, doc: "Attempts in all." },
            {
              name: "initial_delay",
              types: ["number"],
              default: 1,
              doc: "Seconds before the second attempt.",
            },
            { name: "max_delay", types: ["number"], default: 60, doc: "Longest delay." },
            { name: "backoff_factor", types: ["number"], default: 2, doc: "Growth of the delay." },
            { name: "on_error", types: ["function"], doc: "Called after each failure." },
          ],
        },
      ],
      returns: ["any"],
      doc: "The first value of the first attempt that does not fail.",
    },
  ],
};

/** `Sleep` (language.md part B §2.11). */
export const sleepPrimitive: PrimitiveEntry = {
  name: "Sleep",
  doc: "Waits.",
  call: {
    name: "Sleep",
    parameters: [{ name: "seconds", types: ["number"], required: true, doc: "How long." }],
    returns: ["nil"],
    doc: "Waits some seconds.",
  },
  functions: [],
};

/** `Stop` (language.md part B §2.11). */
export const stopPrimitive: PrimitiveEntry = {
  name: "Stop",
  doc: "A wish to stop, for loops that look at it.",
  functions: [
    { name: "requested", parameters: [], returns: ["boolean"], doc: "Whether a stop was asked for." },
    { name: "reason", parameters: [], returns: ["text", "nil"], doc: "Why." },
    { name: "success", parameters: [], returns: ["boolean"], doc: "Whether it counts as a success." },
    {
      name: "request",
      parameters: [
        { name: "reason", types: ["text"], doc: "Why." },
        { name: "success", types: ["boolean"], default: true, doc: "Whether it counts as a success." },
      ],
      returns: ["nil"],
      doc: "Asks for a stop.",
    },
    { name: "reset", parameters: [], returns: ["nil"], doc: "Takes the wish back." },
  ],
};

/** `Iterations` (language.md part B §2.11). */
export const iterationsPrimitive: PrimitiveEntry = {
  name: "Iterations",
  doc: "A counter for loops; nothing counts by itself.",
  functions: [
    { name: "current", parameters: [], returns: ["integer"], doc: "The count, from 0." },
    {
      name: "exceeded",
      parameters: [{ name: "limit", types: ["integer"], required: true, doc: "The limit." }],
      returns: ["boolean"],
      doc: "Whether the count has reached the limit.",
    },
    { name: "increment", parameters: [], returns: ["integer"], doc: "Counts one, and gives the count." },
    { name: "reset", parameters: [], returns: ["integer"], doc: "Back to 0." },
  ],
};

/** `System` (language.md part B §2.11). */
export const systemPrimitive: PrimitiveEntry = {
  name: "System",
  doc: "Alerts for whoever operates the run.",
  functions: [
    {
      name: "alert",
      parameters: [
        {
          name: "options",
          types: ["table"],
          doc: "The alert.",
          fields: [
            { name: "message", types: ["text"], default: "Alert", doc: "What is wrong." },
            {
              name: "level",
              types: ["text"],
              default: "info",
              values: ["info", "warning", "error", "critical"],
              doc: "How bad it is.",
            },
            { name: "source", types: ["text"], doc: "Where it comes from." },
            { name: "context", types: ["table"], doc: "Data beside it." },
          ],
        },
      ],
      returns: ["nil"],
      doc: "Raises an alert.",
    },
  ],
};

/** `Host` (language.md part B §2.11). */
export const hostPrimitive: PrimitiveEntry = {
  name: "Host",
  doc: "Tools on the person's machine, as far as trusted config allows them.",
  functions: [
    {
      name: "call",
      parameters: [
        {
          name: "name",
          types: ["text"],
          required: true,
          refersTo: "hostTool",
          doc: "Name of the host tool.",
        },
        { name: "args", types: ["table"], doc: "Its arguments." },
      ],
      returns: ["any"],
      effect: "external",
      doc: "Calls a host tool through the broker.",
    },
  ],
};

const file: FieldEntry = {
  name: "file",
  types: ["text"],
  required: true,
  doc: "The file, with or without .tac.",
};
const params: FieldEntry = { name: "params", types: ["table"], doc: "Its inputs." };
const handle: FieldEntry = { name: "handle", types: ["handle"], required: true, doc: "What spawn gave." };
const handles: FieldEntry = { name: "handles", types: ["list"], required: true, doc: "What spawn gave." };

/** `Procedure`, while a procedure runs (language.md part B §2.12). */
export const procedurePrimitive: PrimitiveEntry = {
  name: "Procedure",
  doc: "Finds procedures of this file, and runs those of others.",
  call: {
    name: "Procedure",
    parameters: [
      {
        name: "name",
        types: ["text"],
        required: true,
        refersTo: "procedure",
        doc: "Name of a procedure of this file.",
      },
    ],
    returns: ["function"],
    doc: "The procedure, to be called with its inputs.",
  },
  functions: [
    {
      name: "run",
      parameters: [file, params],
      returns: ["any"],
      checkpoint: "procedure_call",
      status: "declared",
      doc: "Runs another file to its end.",
    },
    {
      name: "spawn",
      parameters: [file, params],
      returns: ["handle"],
      status: "declared",
      doc: "Starts another file.",
    },
    { name: "status", parameters: [handle], returns: ["table"], status: "declared", doc: "How it stands." },
    {
      name: "wait",
      parameters: [handle, { name: "timeout", types: ["number"], doc: "Most seconds." }],
      returns: ["any"],
      status: "declared",
      doc: "Waits for its result.",
    },
    {
      name: "wait_any",
      parameters: [handles],
      returns: ["handle"],
      status: "declared",
      doc: "Waits for the first.",
    },
    { name: "wait_all", parameters: [handles], returns: ["list"], status: "declared", doc: "Waits for all." },
    {
      name: "is_complete",
      parameters: [handle],
      returns: ["boolean"],
      status: "declared",
      doc: "Whether it ended.",
    },
    {
      name: "all_complete",
      parameters: [handles],
      returns: ["boolean"],
      status: "declared",
      doc: "Whether all ended.",
    },
    { name: "cancel", parameters: [handle], returns: ["nil"], status: "declared", doc: "Ends it." },
    {
      name: "inject",
      parameters: [handle, { name: "message", types: ["text"], required: true, doc: "The message." }],
      returns: ["nil"],
      status: "declared",
      doc: "Sends it a message.",
    },
    {
      name: "defer",
      parameters: [
        {
          name: "options",
          types: ["table"],
          required: true,
          doc: "Until when.",
          fields: [
            { name: "key", types: ["text"], required: true, doc: "Name of the wait." },
            { name: "resume_at", types: ["text"], required: true, doc: "ISO 8601 with a zone." },
            { name: "reason", types: ["text"], required: true, doc: "Why." },
          ],
        },
      ],
      returns: ["table"],
      checkpoint: "scheduled_continuation",
      status: "declared",
      doc: "Stops the run until a time.",
    },
    {
      name: "await_children",
      parameters: [
        {
          name: "options",
          types: ["table"],
          required: true,
          doc: "What to wait for.",
          fields: [
            { name: "children", types: ["list"], required: true, doc: "Each with an id." },
            {
              name: "mode",
              types: ["text"],
              default: "all",
              values: ["all", "any"],
              doc: "All, or the first.",
            },
          ],
        },
      ],
      returns: ["table"],
      checkpoint: "external_children_wait",
      status: "declared",
      doc: "Stops the run until others have ended.",
    },
  ],
};

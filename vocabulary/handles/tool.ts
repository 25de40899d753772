import type { FieldEntry, HandleEntry } from "../entries.ts";
import { method } from "./method.ts";

/** A call that was recorded: `last_call()`, `Tool.get_all_calls()`. */
export const recordedCallFields: readonly FieldEntry[] = [
  { name: "name", types: ["text"], doc: "The tool, without the name of the agent before it." },
  { name: "args", types: ["table"], doc: "What it was called with." },
  { name: "result", types: ["any"], doc: "What it gave." },
];

const args: FieldEntry = {
  name: "args",
  types: ["table"],
  isOpen: true,
  doc: "Its arguments by name. They are not checked against `input`, and defaults are not filled in.",
};

const direct =
  "Runs the tool at once and records the call. A resumed run takes the recorded result; outside of a checkpoint that holds only while the code before it stays.";
const advice = "Wrap it when it must not happen twice: `Step.checkpoint(function() return lookup({…}) end)`.";

/** What `x = Tool {…}` gives back (language.md §2.4; part B §2.2). */
export const toolHandle: HandleEntry = {
  name: "tool",
  doc: "A declared tool, for the `tools` of agents and for direct calls.",
  call: {
    name: "tool",
    doc: direct,
    example: "local sum = add({a = 1, b = 2})",
    parameters: [args],
    returns: ["any"],
    effect: "external",
    advice,
  },
  members: [
    { name: "name", types: ["text"], doc: "The name that models call it by." },
    method("call", `The same as calling the tool itself. ${direct}`, ["any"], [args], {
      effect: "external",
      advice,
    }),
    method("called", "Whether anybody called it in this run.", ["boolean"], [], {
      example: 'if done.called() then Log.info("finished") end',
    }),
    method("last_call", "Its last call; nil when there was none.", ["table", "nil"], [], {
      returnFields: recordedCallFields,
    }),
    method("last_result", "What its last call gave; nil when there was none.", ["any"]),
    method("call_count", "How often it was called in this run.", ["integer"]),
    method("reset", "Forgets its calls, so that `called()` is false again.", ["nil"]),
  ],
};

/** What a toolset is for Lua (language.md §2.5). */
export const toolsetHandle: HandleEntry = {
  name: "toolset",
  doc: "Tools under one name, for the `tools` of agents.",
  members: [{ name: "name", types: ["text"], doc: "The name of the toolset." }],
};

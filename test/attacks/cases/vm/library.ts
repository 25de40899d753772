import { type Attack, outcome } from "../../attack.ts";
import type { Control } from "../../controls/control.ts";
import {
  lockedStrings,
  noCodeFromText,
  noDebugLibrary,
  noFinalizers,
  noVariables,
} from "../../controls/vm-controls.ts";
import { canaryVariable } from "../../world/canaries.ts";

/** A power that the library of Lua has elsewhere; what it does is seen in the log. */
function power(
  name: string,
  title: string,
  control: Control,
  source: (marker: string) => string,
  options: readonly string[] = [],
): Attack {
  return {
    id: `vm-${name}`,
    threat: "T5",
    title,
    success: "what it does is seen in the log",
    control,
    places: ["embedded"],
    attempt: async (world) => {
      const { text } = await world.procedure(
        `Procedure { function() ${source(world.marker.lua)} end }`,
        options,
      );
      return outcome(text.includes(world.marker.text), "the text that only this power logs");
    },
  };
}

export const attacks: readonly Attack[] = [
  power("bytecode", "runs bytes instead of the text that was reviewed", noCodeFromText, (marker) => {
    return `load(string.dump(function() Log.info(${marker}) end))()`;
  }),
  power("code-from-text", "runs a text that it puts together", noCodeFromText, (marker) => {
    return `load("Log.info('" .. ${marker} .. "')")()`;
  }),
  power(
    "remove-the-hook",
    "switches off what counts its instructions",
    noDebugLibrary,
    (marker) => `debug.sethook() for i = 1, 8e7 do end Log.info(${marker})`,
    ["--timeout", "0.5"],
  ),
  power("patch-strings", "changes what every text can do", lockedStrings, (marker) => {
    return `getmetatable("").__index = function() return function() return ${marker} end end Log.info(("x"):upper())`;
  }),
  power("finalizer", "leaves code that runs when something is collected", noFinalizers, (marker) => {
    return `setmetatable({}, { __gc = function() Log.info(${marker}) end }) collectgarbage()`;
  }),
  {
    id: "vm-variables",
    threat: "T5",
    title: "reads a variable of the host's environment",
    success: "its value is seen in the log",
    control: noVariables,
    places: ["embedded"],
    attempt: async (world) => {
      const { text } = await world.procedure(
        `Procedure { function() Log.info(tostring(os.getenv("${canaryVariable}"))) end }`,
      );
      return outcome(text.includes(world.canaries.variable), "the canary of the environment");
    },
  },
];

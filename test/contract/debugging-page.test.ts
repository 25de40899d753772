import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { capabilities } from "#debug-adapter/capabilities.ts";
import { requests } from "#debug-adapter/requests/requests.ts";

const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/debugging.md"), "utf8");

/** Rows of the page's table by what the adapter declares for them. */
const rows: Readonly<Record<string, readonly string[]>> = {
  configurationDone: ["supportsConfigurationDoneRequest"],
  "conditional breakpoints": ["supportsConditionalBreakpoints"],
  "hit-count breakpoints": ["supportsHitConditionalBreakpoints"],
  "log points": ["supportsLogPoints"],
  "function breakpoints": ["supportsFunctionBreakpoints"],
  "data breakpoints": ["supportsDataBreakpoints"],
  "breakpoint locations": ["supportsBreakpointLocationsRequest"],
  "exception filters": ["exceptionBreakpointFilters", "supportsExceptionFilterOptions"],
  "exception info": ["supportsExceptionInfoRequest"],
  "step back, reverse continue": ["supportsStepBack"],
  "restart frame": ["supportsRestartFrame"],
  restart: ["supportsRestartRequest"],
  "goto targets": ["supportsGotoTargetsRequest"],
  "step-in targets": ["supportsStepInTargetsRequest"],
  "set variable": ["supportsSetVariable"],
  "set expression": ["supportsSetExpression"],
  "evaluate for hovers": ["supportsEvaluateForHovers"],
  "completions in the console": ["supportsCompletionsRequest", "completionTriggerCharacters"],
  "loaded sources": ["supportsLoadedSourcesRequest"],
  "delayed stack loading": ["supportsDelayedStackTraceLoading"],
  "value formatting, clipboard": ["supportsValueFormattingOptions", "supportsClipboardContext"],
  "terminate debuggee, terminate": ["supportTerminateDebuggee", "supportsTerminateRequest"],
  "suspend debuggee": ["supportSuspendDebuggee"],
};

test("the page's table says what the adapter declares", () => {
  const cells = page.split("\n").filter((line) => line.startsWith("| ") && line.split("|").length === 8);
  const supported = cells
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, , , , , , ours = ""]) => /^(Y|6)/.test(ours))
    .map(([, name = ""]) => name);
  // What comes with every stop is no capability that is declared.
  expect(supported.filter((name) => name !== "hit breakpoint ids").sort()).toEqual(Object.keys(rows).sort());
  expect(Object.values(rows).flat().sort()).toEqual(Object.keys(capabilities).sort());
});

test("what is declared is answered", () => {
  const asked = Object.keys(capabilities).flatMap((name) => /^supports(\w+)Request$/.exec(name)?.[1] ?? []);
  const commands = asked.map((name) => `${name[0]?.toLowerCase()}${name.slice(1)}`);
  expect(commands.filter((command) => !Object.hasOwn(requests, command))).toEqual([]);
});

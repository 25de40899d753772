import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ExceptionFilter } from "#protocol/debugging/breakpoints.ts";

/** What can go wrong, as a person chooses it. */
const exceptionFilters: ReadonlyArray<readonly [ExceptionFilter, label: string, description: string]> = [
  ["all", "All Errors", "Every error of Lua, also one that the code catches"],
  ["uncaught", "Uncaught Errors", "An error that nothing in the code catches"],
  ["tool", "Tool Errors", "A tool that fails, whoever called it"],
  ["model", "Model Errors", "A model that can't be reached or refuses"],
  ["output", "Outputs That Do Not Fit", "An output that does not fit its schema"],
  ["human", "Refusals", "A person who says no"],
];

/** What the adapter can do; docs/debugging.md shows it beside what other debuggers can. */
export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsDataBreakpoints: true,
  supportsBreakpointLocationsRequest: true,
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  exceptionBreakpointFilters: exceptionFilters.map(([filter, label, description]) => ({
    filter,
    label,
    description,
    default: filter === "uncaught",
    supportsCondition: true,
    conditionDescription: "An expression of Lua that must hold",
  })),
  supportsStepBack: true,
  supportsStepInTargetsRequest: true,
  supportsRestartFrame: true,
  supportsGotoTargetsRequest: true,
  supportsRestartRequest: true,
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
  supportSuspendDebuggee: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: [".", ":", "["],
  supportsClipboardContext: true,
  supportsValueFormattingOptions: true,
  supportsDelayedStackTraceLoading: true,
  supportsLoadedSourcesRequest: true,
};

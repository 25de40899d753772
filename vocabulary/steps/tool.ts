import { commonParameters } from "./parameters.ts";
import type { StepEntry } from "./step-entry.ts";

const { argument, count, regex, tool, value } = commonParameters;

/** Steps about the calls of tools. */
export const toolSteps: readonly StepEntry[] = [
  {
    name: "tool-called",
    keyword: "Then",
    pattern: "the {tool} tool should be called",
    doc: "The tool was called at least once.",
    parameters: [tool],
    example: "the search tool should be called",
  },
  {
    name: "tool-not-called",
    keyword: "Then",
    pattern: "the {tool} tool should not be called",
    doc: "The tool was never called.",
    parameters: [tool],
    example: "the search tool should not be called",
  },
  {
    name: "tool-called-at-least",
    keyword: "Then",
    pattern: "the {tool} tool should be called at least {count} time(s)",
    doc: "The tool was called that often or more.",
    parameters: [tool, count],
    example: "the search tool should be called at least 2 times",
  },
  {
    name: "tool-called-exactly",
    keyword: "Then",
    pattern: "the {tool} tool should be called exactly {count} time(s)",
    doc: "The tool was called exactly that often.",
    parameters: [tool, count],
    example: "the done tool should be called exactly 1 time",
  },
  {
    name: "tool-called-with",
    keyword: "Then",
    pattern: "the {tool} tool should be called with {argument}={value}",
    doc: "Some call of the tool had this argument.",
    parameters: [tool, argument, value],
    example: "the search tool should be called with query=weather",
  },
  {
    name: "tool-called-with-pattern",
    keyword: "Then",
    pattern: 'the {tool} tool should be called with {argument} matching pattern "{regex}"',
    doc: "Some call of the tool had an argument in which the regular expression is found.",
    parameters: [tool, argument, regex],
    example: 'the search tool should be called with query matching pattern "weather|climate"',
  },
  {
    name: "tool-returns",
    keyword: "Given",
    pattern: 'the tool "{tool}" returns {value}',
    doc: "The tool is not run: each call of it gives this value.",
    parameters: [tool, value],
    example: 'the tool "search" returns "sunny"',
  },
];

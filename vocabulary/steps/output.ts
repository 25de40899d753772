import { commonParameters } from "./parameters.ts";
import type { StepEntry } from "./step-entry.ts";

const { expected, output, percent, regex, value } = commonParameters;

/** Steps about what the procedure returned. */
export const outputSteps: readonly StepEntry[] = [
  {
    name: "output-exists",
    keyword: "Then",
    pattern: "the output should exist",
    doc: "The procedure returned something.",
    parameters: [],
    example: "the output should exist",
  },
  {
    name: "output-equals",
    keyword: "Then",
    pattern: "the output should be {value}",
    doc: "The procedure returned this value.",
    parameters: [value],
    example: 'the output should be "Hello!"',
  },
  {
    name: "output-fuzzy",
    keyword: "Then",
    pattern: "the output should fuzzy match {expected}",
    doc: 'The result contains the text or is at least 80% similar; any of ["a", "b"] takes the best.',
    parameters: [expected],
    example: 'the output should fuzzy match "Hello, world"',
  },
  {
    name: "output-fuzzy-threshold",
    keyword: "Then",
    pattern: "the output should fuzzy match {expected} with threshold {threshold}",
    doc: 'The result contains the text or is at least that similar; any of ["a", "b"] takes the best.',
    parameters: [expected, { name: "threshold", kind: "number", doc: "How similar it must be, 0 to 1." }],
    example: 'the output should fuzzy match any of ["Hello", "Hi"] with threshold 0.9',
  },
  {
    name: "output-semantic",
    keyword: "Then",
    pattern: "the output should semantically satisfy {expected}",
    doc: "A model judges whether the result fits the description; not decided where models are mocked.",
    parameters: [expected],
    example: 'the output should semantically satisfy "a polite greeting"',
  },
  {
    name: "output-field-equals",
    keyword: "Then",
    pattern: "the output {field} should be {value}",
    doc: "The result has this value in the field.",
    parameters: [output, value],
    example: "the output count should be 5",
  },
  {
    name: "output-field-differs",
    keyword: "Then",
    pattern: "the output {field} should not be {value}",
    doc: "The result has another value in the field.",
    parameters: [output, value],
    example: 'the output status should not be "failed"',
  },
  {
    name: "output-field-exists",
    keyword: "Then",
    pattern: "the output {field} should exist",
    doc: "The result has the field.",
    parameters: [output],
    example: "the output summary should exist",
  },
  {
    name: "output-contains",
    keyword: "Then",
    pattern: "the output should contain {field}",
    doc: "The result has the field.",
    parameters: [output],
    example: "the output should contain summary",
  },
  {
    name: "output-field-pattern",
    keyword: "Then",
    pattern: 'the output {field} should match pattern "{regex}"',
    doc: "The regular expression is found in the field.",
    parameters: [output, regex],
    example: 'the output greeting should match pattern "Hello|Hi"',
  },
  {
    name: "output-field-similar",
    keyword: "Then",
    pattern: 'the output {field} should be similar to "{expected}"',
    doc: "The field is at least 80% similar to the text.",
    parameters: [output, expected],
    example: 'the output summary should be similar to "a short summary"',
  },
  {
    name: "output-field-similar-percent",
    keyword: "Then",
    pattern: 'the output {field} should be similar to "{expected}" with {percent}% similarity',
    doc: "The field is at least that similar to the text.",
    parameters: [output, expected, percent],
    example: 'the output summary should be similar to "a short summary" with 60% similarity',
  },
];

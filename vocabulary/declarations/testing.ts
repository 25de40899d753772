import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const gherkin: FieldEntry = {
  name: "text",
  types: ["text"],
  required: true,
  doc: "Scenarios in Gherkin, best in long brackets: `[[ … ]]`.",
};

/** `Specification([[…]])` (language.md §2.14). */
export const specificationDeclaration: DeclarationEntry = {
  name: "Specification",
  doc: "Scenarios in Gherkin that the tests of this file run. A later text replaces an earlier one; of `{from = …}` there may be several.",
  example:
    "Specification([[\nFeature: Greeting\n  Scenario: Says hello\n    When the procedure runs\n    Then the procedure should complete successfully\n]])",
  status: "declared",
  forms: ["call", "bare"],
  phase: "declaration",
  firstText: "content",
  parameters: [gherkin],
  fields: [
    {
      name: "from",
      types: ["text"],
      refersTo: "path",
      doc: "A file with the scenarios, such as x.spec.tac.",
    },
  ],
};

/** `Specifications([[…]])` (language.md §2.14). */
export const specificationsDeclaration: DeclarationEntry = {
  ...specificationDeclaration,
  name: "Specifications",
  doc: "Older name of Specification.",
  deprecated: "Specification",
};

/** `Step("pattern", function(ctx, …) … end)` at the top of a file (language.md §2.14). */
export const stepDeclaration: DeclarationEntry = {
  name: "Step",
  doc: "A step of one's own for the scenarios of this file. The pattern is a regular expression that the text of a step must fit from its start, in any case; what its groups match is given to the function as texts. An error in the function fails the step.",
  example:
    'Step("the order has (\\\\d+) items", function(ctx, count)\n  assert(ctx.state_get("items") == tonumber(count))\nend)',
  status: "declared",
  forms: ["call"],
  phase: "declaration",
  inProcedure: "`Step.checkpoint` records a step of the run",
  firstText: "content",
  parameters: [
    {
      name: "pattern",
      types: ["text"],
      required: true,
      doc: "The text of the step, or a regular expression.",
    },
    {
      name: "fn",
      types: ["function"],
      required: true,
      parameters: [
        {
          name: "ctx",
          types: ["handle"],
          handle: "step",
          required: true,
          doc: "The scenario that runs.",
        },
        { name: "…", types: ["text"], doc: "What the groups of the pattern match." },
      ],
      doc: "What the step does.",
    },
  ],
  fields: [],
};

import * as z from "zod";
import { jsonValue } from "#protocol/json-value.ts";

/**
 * How a file's tests run: the sandbox tells what the file declares, the host makes cases of it (scenarios of a
 * specification, rows of an evaluation) and hands them out one by one, to as many sandboxes as work on the file.
 */

const at = z.object({ file: z.string(), line: z.int().positive() });

/** What a sandbox works on in place of one run; absent from the start of an ordinary run. */
export interface CaseWork {
  readonly kind: "scenario" | "evaluation";
  /** Longest wall-clock time of one case. */
  readonly seconds: number;
}

/** A text of scenarios in Gherkin; `file` when it was read from one, else the call that declares it is `at`. */
const declaredText = z.object({ text: z.string(), file: z.string().optional(), at: at.optional() });
export type DeclaredText = z.infer<typeof declaredText>;

/** `Step("pattern", function …)`, in the order of declaration. */
const declaredStep = z.object({ pattern: z.string(), at: at.optional() });
export type DeclaredStep = z.infer<typeof declaredStep>;

/** What a file declares for its tests. */
export const declaredCases: z.ZodDiscriminatedUnion<
  [
    z.ZodObject<{
      kind: z.ZodLiteral<"scenario">;
      texts: z.ZodArray<typeof declaredText>;
      steps: z.ZodArray<typeof declaredStep>;
    }>,
    z.ZodObject<{
      kind: z.ZodLiteral<"evaluation">;
      evaluation: typeof jsonValue;
      at: z.ZodOptional<typeof at>;
    }>,
  ],
  "kind"
> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("scenario"),
    texts: z.array(declaredText).max(100),
    steps: z.array(declaredStep).max(5_000),
  }),
  z.object({ kind: z.literal("evaluation"), evaluation: jsonValue, at: at.optional() }),
]);
export type DeclaredCases = z.infer<typeof declaredCases>;

const stepAction = z.discriminatedUnion("kind", [
  /** A step of the vocabulary; arguments by the names of its parameters. */
  z.object({ kind: z.literal("builtIn"), name: z.string(), arguments: z.record(z.string(), z.string()) }),
  /** The declared step `step` (from 0) with what its groups took; null for a group that took no part. */
  z.object({
    kind: z.literal("custom"),
    step: z.int().nonnegative(),
    captures: z.array(z.string().nullable()),
  }),
  /** No step fits. */
  z.object({ kind: z.literal("undefined"), suggestion: z.string().optional() }),
]);
export type StepAction = z.infer<typeof stepAction>;

const scenarioStep = z.object({
  /** Keyword and text as written, names of an outline filled in. */
  text: z.string(),
  line: z.int().positive(),
  action: stepAction,
  table: z.array(z.array(z.string())).optional(),
  docString: z.string().optional(),
});
export type ScenarioStep = z.infer<typeof scenarioStep>;

/** A scenario ready to be run: background and examples are worked in. */
const scenarioCase = z.object({
  kind: z.literal("scenario"),
  /** Number of the case in its file, from 1; a repeated scenario has one number for each time. */
  case: z.int().positive(),
  name: z.string(),
  line: z.int().positive(),
  steps: z.array(scenarioStep),
});
export type ScenarioCase = z.infer<typeof scenarioCase>;

/** A row of an evaluation's data set. */
const evaluationCase = z.object({
  kind: z.literal("evaluation"),
  case: z.int().positive(),
  name: z.string(),
  inputs: z.record(z.string(), jsonValue),
  expected: jsonValue.optional(),
});
export type EvaluationCase = z.infer<typeof evaluationCase>;

const range = { least: z.number().optional(), most: z.number().optional() };
const looksAt = { field: z.string().optional() };
const evaluatorSchemas = [
  z.object({ type: z.literal("contains"), ...looksAt, text: z.string(), caseSensitive: z.boolean() }),
  z.object({
    type: z.literal("contains_any"),
    ...looksAt,
    texts: z.array(z.string()).optional(),
    expectedField: z.string().optional(),
  }),
  z.object({ type: z.literal("equals_expected"), ...looksAt }),
  z.object({ type: z.literal("exact_match"), ...looksAt }),
  z.object({ type: z.literal("is_instance"), ...looksAt, instance: z.string() }),
  z.object({
    type: z.literal("llm_judge"),
    ...looksAt,
    rubric: z.string(),
    provider: z.string(),
    model: z.string(),
    includeExpected: z.boolean(),
  }),
  z.object({
    type: z.literal("min_length"),
    ...looksAt,
    length: z.number().optional(),
    expectedField: z.string().optional(),
  }),
  z.object({ type: z.literal("max_length"), ...looksAt, length: z.number() }),
  z.object({ type: z.literal("max_iterations"), most: z.number() }),
  z.object({ type: z.literal("max_cost"), most: z.number() }),
  z.object({ type: z.literal("max_tokens"), most: z.number() }),
  z.object({ type: z.literal("tool_called"), tool: z.string(), ...range }),
  z.object({ type: z.literal("state_check"), key: z.string(), value: jsonValue }),
  z.object({ type: z.literal("agent_turns"), agent: z.string().optional(), ...range }),
  z.object({ type: z.literal("regex"), ...looksAt, pattern: z.string(), caseSensitive: z.boolean() }),
  z.object({ type: z.literal("json_schema"), ...looksAt, schema: jsonValue }),
  z.object({ type: z.literal("range"), ...looksAt, ...range }),
] as const;

/** An evaluator with its settings read and its defaults filled in. */
export const evaluator: z.ZodDiscriminatedUnion<typeof evaluatorSchemas, "type"> = z.discriminatedUnion(
  "type",
  evaluatorSchemas,
);
export type Evaluator = z.infer<typeof evaluator>;

/** What the host made of the declarations. */
export const plannedCases: z.ZodObject<{
  cases: z.ZodInt;
  evaluators: z.ZodArray<typeof evaluator>;
}> = z.object({ cases: z.int().nonnegative(), evaluators: z.array(evaluator) });
export type PlannedCases = z.infer<typeof plannedCases>;

/** The next case, or null when there is none left. */
export const nextCase: z.ZodObject<{
  next: z.ZodNullable<z.ZodDiscriminatedUnion<[typeof scenarioCase, typeof evaluationCase], "kind">>;
}> = z.object({ next: z.discriminatedUnion("kind", [scenarioCase, evaluationCase]).nullable() });
export type NextCase = z.infer<typeof nextCase>;

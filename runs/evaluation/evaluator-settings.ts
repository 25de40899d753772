import * as z from "zod";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { Evaluator } from "#protocol/wire/cases.ts";

const json: z.ZodType<Json> = z.json();

/** What an evaluator may hold as it is written; `null` for what Lua leaves out. */
const written = z.strictObject({
  type: z.string(),
  name: z.string().optional(),
  field: z.string().optional(),
  value: json.optional(),
  check_expected: z.union([z.string(), z.boolean()]).optional(),
  rubric: z.string().optional(),
  model: z.string().optional(),
  include_expected: z.boolean().optional(),
  case_sensitive: z.boolean().optional(),
  json_schema: json.optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  /** Older names of `value`. */
  pattern: z.string().optional(),
  expected: json.optional(),
  max_iterations: z.number().optional(),
  max_cost: z.number().optional(),
  max_tokens: z.number().optional(),
});
type Written = z.infer<typeof written>;

type Reader = (given: Written) => Evaluator | string;

/** The judge unless an evaluator names another. */
const usualJudge = "openai:gpt-4o";

/** Reads one evaluator; the failure says what is wrong with it. */
export function readEvaluator(given: Json, index: number): Result<Evaluator, string> {
  const label = `evaluators[${index + 1}]`;
  const parsed = written.safeParse(given);
  if (!parsed.success) return fail(`${label}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  const { type } = parsed.data;
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!reader) {
    return fail(`${label}: there is no evaluator '${type}'. There are: ${Object.keys(readers).join(", ")}.`);
  }
  const read = reader(parsed.data);
  return typeof read === "string" ? fail(`${label} (${type}): ${read}`) : ok(read);
}

const readers: Readonly<Record<string, Reader>> = {
  contains: (given) => {
    const text = given.value ?? given.expected;
    if (typeof text !== "string") return "it needs `value`, a text.";
    return { type: "contains", ...looksAt(given), text, caseSensitive: given.case_sensitive ?? true };
  },
  contains_any: (given) => {
    if (Array.isArray(given.value)) {
      return {
        type: "contains_any",
        ...looksAt(given),
        texts: given.value.map((item: Json) => String(item)),
      };
    }
    const expectedField = expectedFieldOf(given);
    if (expectedField === undefined) return "it needs `value`, a list of texts, or `check_expected`, a name.";
    return { type: "contains_any", ...looksAt(given), expectedField };
  },
  equals_expected: (given) => ({ type: "equals_expected", ...looksAt(given) }),
  exact_match: (given) => ({ type: "exact_match", ...looksAt(given) }),
  is_instance: (given) =>
    typeof given.value === "string"
      ? { type: "is_instance", ...looksAt(given), instance: given.value }
      : "it needs `value`, the name of a type.",
  llm_judge: (given) => {
    if (given.rubric === undefined) return "it needs a `rubric`.";
    const [provider = "", ...model] = (given.model ?? usualJudge).split(/[:/]/);
    if (model.length === 0) return "`model` must be written provider:model, such as openai:gpt-4o.";
    return {
      type: "llm_judge",
      ...looksAt(given),
      rubric: given.rubric,
      provider,
      model: model.join("/"),
      includeExpected: given.include_expected ?? false,
    };
  },
  min_length: (given) => {
    const expectedField = expectedFieldOf(given);
    if (typeof given.value === "number")
      return { type: "min_length", ...looksAt(given), length: given.value };
    if (given.value !== undefined) return "`value` must be a number.";
    return {
      type: "min_length",
      ...looksAt(given),
      ...(expectedField === undefined ? { length: 0 } : { expectedField }),
    };
  },
  max_length: (given) =>
    typeof given.value === "number"
      ? { type: "max_length", ...looksAt(given), length: given.value }
      : "it needs `value`, a number.",
  max_iterations: (given) => limit("max_iterations", given.value ?? given.max_iterations, 10),
  max_cost: (given) => limit("max_cost", given.value ?? given.max_cost, 1),
  max_tokens: (given) => limit("max_tokens", given.value ?? given.max_tokens, 10_000),
  tool_called: (given) =>
    typeof given.value === "string"
      ? { type: "tool_called", tool: given.value, ...rangeOf(given) }
      : "it needs `value`, the name of a tool.",
  state_check: (given) =>
    given.field === undefined || given.value === undefined
      ? "it needs `field`, a name in the state, and `value`."
      : { type: "state_check", key: given.field, value: given.value },
  agent_turns: (given) => ({
    type: "agent_turns",
    ...(given.field !== undefined && { agent: given.field }),
    ...rangeOf(given),
  }),
  regex: (given) => {
    const pattern = given.value ?? given.pattern;
    if (typeof pattern !== "string") return "it needs `value`, a regular expression.";
    return { type: "regex", ...looksAt(given), pattern, caseSensitive: given.case_sensitive ?? true };
  },
  json_schema: (given) => {
    const schema = given.json_schema ?? given.value;
    return schema === undefined
      ? "it needs `json_schema`."
      : { type: "json_schema", ...looksAt(given), schema };
  },
  range: (given) => {
    const { min, max } = z
      .object({ min: z.number().optional(), max: z.number().optional() })
      .catch({})
      .parse(given.value);
    const range = rangeOf({ ...given, min_value: min ?? given.min_value, max_value: max ?? given.max_value });
    if (range.least === undefined && range.most === undefined)
      return "it needs `min_value`, `max_value` or both.";
    return { type: "range", ...looksAt(given), ...range };
  },
};

function looksAt({ field }: Written): { readonly field?: string } {
  return field === undefined ? {} : { field };
}

/** `check_expected = true` means the field that is looked at. */
function expectedFieldOf({ check_expected: check, field }: Written): string | undefined {
  return check === true ? field : check === false ? undefined : check;
}

function rangeOf(given: {
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
}): { readonly least?: number; readonly most?: number } {
  const { min_value: least, max_value: most } = given;
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

function limit(
  type: "max_iterations" | "max_cost" | "max_tokens",
  value: Json | undefined,
  usual: number,
): Evaluator | string {
  if (value === undefined) return { type, most: usual };
  return typeof value === "number" ? { type, most: value } : "`value` must be a number.";
}

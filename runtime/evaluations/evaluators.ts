import { isJsonObject, type Json } from "#common/json.ts";
import type { EvaluationCase, Evaluator } from "#protocol/wire/cases.ts";
import type { CaseRun } from "../cases/case-run.ts";
import { judgeOutput } from "../cases/judge.ts";
import { plainText } from "../schema/plain-text.ts";
import { sameValue, shown } from "../specifications/expected-value.ts";
import { pythonRegex } from "../specifications/python-regex.ts";
import { expectedAt, lookAt } from "./evaluated-output.ts";
import { jsonSchemaProblem } from "./json-schema-problem.ts";
import { isInstance } from "./value-type.ts";

/** What an evaluator found; the message says why it did not pass, or what a judge said. */
export interface Finding {
  readonly passed: boolean;
  readonly message?: string;
  readonly score?: number;
}

/** A case that has run, as evaluators see it. */
export interface EvaluatedCase {
  readonly run: CaseRun;
  readonly given: EvaluationCase;
  readonly output: Json;
}

type Of<Type extends Evaluator["type"]> = Extract<Evaluator, { type: Type }>;
type Evaluators = {
  readonly [Type in Evaluator["type"]]: (evaluator: Of<Type>, evaluated: EvaluatedCase) => Finding;
};

/** Lets an evaluator look at a case. Throws what keeps it from deciding. */
export function evaluate(evaluator: Evaluator, evaluated: EvaluatedCase): Finding {
  const evaluateOne = evaluators[evaluator.type] as (one: Evaluator, of: EvaluatedCase) => Finding;
  return evaluateOne(evaluator, evaluated);
}

/** Looks at the output or its field; a missing field does not pass. */
function looking<Type extends { readonly field?: string | undefined }>(
  judge: (evaluator: Type, value: Json, evaluated: EvaluatedCase) => Finding,
): (evaluator: Type, evaluated: EvaluatedCase) => Finding {
  return (evaluator, evaluated) => {
    const looked = lookAt(evaluated.output, evaluator.field);
    return looked.found
      ? judge(evaluator, looked.value, evaluated)
      : { passed: false, message: looked.reason };
  };
}

const equals = looking<Of<"exact_match"> | Of<"equals_expected">>((evaluator, value, { given }) => {
  const expected = expectedAt(given, evaluator.field);
  return expected === undefined
    ? { passed: true }
    : verdict(sameValue(value, expected), value, `to be ${shown(expected)}`);
});

const evaluators: Evaluators = {
  contains: looking(({ text, caseSensitive }, value) => {
    const whole = plainText(value);
    const holds = caseSensitive ? whole.includes(text) : whole.toLowerCase().includes(text.toLowerCase());
    return verdict(holds, value, `to contain ${shown(text)}`);
  }),
  contains_any: looking(({ texts, expectedField }, value, { given }) => {
    const wanted = texts ?? listOf(expectedAt(given, expectedField));
    const whole = plainText(value).toLowerCase();
    return verdict(
      wanted.some((text) => whole.includes(text.toLowerCase())),
      value,
      `to contain any of ${shown(wanted)}`,
    );
  }),
  equals_expected: equals,
  exact_match: equals,
  is_instance: looking(({ instance }, value) =>
    verdict(isInstance(value, instance), value, `to be of the type ${instance}`),
  ),
  llm_judge: looking(({ rubric, provider, model, includeExpected, field }, value, { run, given }) => {
    const expected = includeExpected ? expectedAt(given, field) : undefined;
    const { passed, reason, score } = judgeOutput(run, { output: value, rubric, expected, provider, model });
    return { passed, message: reason, score };
  }),
  min_length: looking(({ length, expectedField }, value, { given }) => {
    const least = length ?? lengthOf(expectedAt(given, expectedField) ?? null) ?? 0;
    return lengthVerdict(value, `at least ${least}`, (actual) => actual >= least);
  }),
  max_length: looking(({ length }, value) =>
    lengthVerdict(value, `at most ${length}`, (actual) => actual <= length),
  ),
  max_iterations: ({ most }, { run }) => atMost("iterations", run.program.context.iterations.current, most),
  max_cost: ({ most }, { run }) => atMost("US dollars", run.trace.cost ?? 0, most),
  max_tokens: ({ most }, { run }) => atMost("tokens", run.trace.usage.totalTokens, most),
  tool_called: ({ tool, least = 1, most }, { run }) =>
    counted(`calls of the tool '${tool}'`, run.trace.calls(tool).length, { least, most }),
  agent_turns: ({ agent, least = 1, most }, { run }) =>
    counted(
      agent === undefined ? "turns of agents" : `turns of the agent '${agent}'`,
      run.trace.turns(agent),
      { least, most },
    ),
  state_check: ({ key, value }, { run }) => {
    const state = run.state();
    const actual = Object.hasOwn(state, key) ? (state[key] ?? null) : null;
    if (sameValue(actual, value)) return { passed: true };
    return {
      passed: false,
      message: `Expected the state '${key}' to be ${shown(value)}, but it is ${shown(actual)}.`,
    };
  },
  regex: looking(({ pattern, caseSensitive }, value) =>
    verdict(
      pythonRegex(pattern, caseSensitive ? "" : "i").test(plainText(value)),
      value,
      `to match "${pattern}"`,
    ),
  ),
  json_schema: looking(({ schema }, value) => {
    const problem = jsonSchemaProblem(schema, value);
    return problem === undefined ? { passed: true } : { passed: false, message: problem };
  }),
  range: looking(({ least, most }, value) => {
    const holds = typeof value === "number" && value >= (least ?? -Infinity) && value <= (most ?? Infinity);
    return verdict(holds, value, `to be a number ${rangeText({ least, most })}`);
  }),
};

function verdict(passed: boolean, value: Json, expected: string): Finding {
  return passed ? { passed } : { passed, message: `Expected ${shown(value)} ${expected}.` };
}

function lengthVerdict(value: Json, expected: string, holds: (length: number) => boolean): Finding {
  const length = lengthOf(value);
  if (length === undefined) return { passed: false, message: `${shown(value)} has no length.` };
  return holds(length)
    ? { passed: true }
    : { passed: false, message: `Expected a length of ${expected}, but it is ${length}.` };
}

/** Characters of a text, items of a list, fields of a table. */
function lengthOf(value: Json): number | undefined {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}

function listOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((item: Json) => plainText(item)) : [plainText(value)];
}

function atMost(what: string, actual: number, most: number): Finding {
  return actual <= most
    ? { passed: true }
    : { passed: false, message: `Expected at most ${most} ${what}, but there were ${actual}.` };
}

interface Range {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

function counted(what: string, actual: number, range: Range): Finding {
  const holds = actual >= (range.least ?? 0) && actual <= (range.most ?? Number.POSITIVE_INFINITY);
  return holds
    ? { passed: true }
    : { passed: false, message: `Expected ${what} ${rangeText(range)}, but there were ${actual}.` };
}

function rangeText({ least, most }: Range): string {
  const parts = [least === undefined ? "" : `from ${least}`, most === undefined ? "" : `to ${most}`];
  return parts.filter((part) => part !== "").join(" ");
}

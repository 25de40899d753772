import vm from "node:vm";
import { Ajv, type Options } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { errorText } from "#common/error-text.ts";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";

/**
 * Milliseconds for one check: a schema comes from a procedure, and its patterns and references can be endless. An
 * honest one takes a few, on a busy machine some hundred.
 */
const longestCheck = 2000;

const options: Options = { strict: false, validateFormats: false, logger: false };

/** A dialect of JSON Schema: what a schema may be, and how a value is held against one. */
interface Dialect {
  readonly problemOf: (schema: JsonObject | boolean) => string | undefined;
  readonly compile: (schema: JsonObject | boolean) => ReturnType<Ajv["compile"]>;
}

/** What is wrong with a `response_schema` itself; undefined when it can be used, or there is none. */
export function problemOfSchema(question: HumanQuestion): string | undefined {
  return inTime(question, () => undefined);
}

/** Where an answer departs from the `response_schema` of its question; undefined when it fits, or there is none. */
export function schemaProblem(question: HumanQuestion, answer: Json): string | undefined {
  return inTime(question, (validate) => {
    if (validate(answer)) return undefined;
    const { instancePath, message } = validate.errors?.[0] ?? {};
    const place = instancePath ? ` at ${instancePath}` : "";
    return `${caller(question)} response does not match response_schema${place}: ${message ?? "it is invalid"}`;
  });
}

function inTime(
  question: HumanQuestion,
  check: (validate: ReturnType<Ajv["compile"]>) => string | undefined,
): string | undefined {
  const given = question.details["response_schema"];
  if (given === undefined || given === null) return undefined;
  if (!isJsonObject(given) && typeof given !== "boolean") return invalid(question, "it is no table");
  const { dialect, schema } = dialectOf(given);
  const checked = (): string | undefined => {
    const problem = dialect.problemOf(schema);
    return problem === undefined ? check(dialect.compile(schema)) : invalid(question, problem);
  };
  try {
    // The timeout ends regular expressions and recursion alike, wherever they are.
    return vm.runInNewContext("checked()", { checked }, { timeout: longestCheck }) as string | undefined;
  } catch (error) {
    return invalid(question, errorText(error));
  }
}

function invalid(question: HumanQuestion, reason: string): string {
  return `${caller(question)} response_schema is invalid: ${oneLine(reason, 300)}`;
}

/** Lists of item schemas mean something else since the draft of 2020; who names an older one gets its rules. */
function dialectOf(given: JsonObject | boolean): { dialect: Dialect; schema: JsonObject | boolean } {
  if (!isJsonObject(given)) return { dialect: newest(), schema: given };
  const { $schema: name, ...schema } = given;
  const isOlder = typeof name === "string" && /draft-0[4-7]/.test(name);
  return { dialect: isOlder ? older() : newest(), schema: { ...schema } };
}

const newest = dialectOnce(Ajv2020);
const older = dialectOnce(Ajv);

/** The rules for schemas are compiled when they are needed first, and not in the time of a check. */
function dialectOnce(Rules: typeof Ajv | typeof Ajv2020): () => Dialect {
  let dialect: Dialect | undefined;
  return () => {
    dialect ??= createDialect(Rules);
    return dialect;
  };
}

function createDialect(Rules: typeof Ajv | typeof Ajv2020): Dialect {
  const rules = new Rules(options);
  void rules.validateSchema({});
  return {
    problemOf: (schema) => (rules.validateSchema(schema) === true ? undefined : rules.errorsText()),
    // A new compiler each time: it keeps what it compiled, and one that was stopped may be in disorder.
    compile: (schema) => new Rules({ ...options, validateSchema: false, meta: false }).compile(schema),
  };
}

const callers: Readonly<Record<HumanQuestion["kind"], string>> = {
  approval: "approve",
  input: "input",
  review: "review",
  select: "select",
  upload: "upload",
  escalation: "escalate",
  inputs: "multiple",
  custom: "custom",
};

function caller({ kind }: HumanQuestion): string {
  return `Human.${callers[kind]}`;
}

import vm from "node:vm";
import { Ajv, type Options } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { errorText } from "#common/error-text.ts";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";

/** Milliseconds for one check: a schema comes from a procedure, and its patterns and references can be endless. */
const longestCheck = 250;

const options: Options = { strict: false, validateFormats: false, logger: false };

/** What is wrong with a `response_schema` itself; undefined when it can be used, or there is none. */
export function problemOfSchema(question: HumanQuestion): string | undefined {
  return inTime(question, (schema) => {
    compiled(schema);
    return undefined;
  });
}

/** Where an answer departs from the `response_schema` of its question; undefined when it fits, or there is none. */
export function schemaProblem(question: HumanQuestion, answer: Json): string | undefined {
  return inTime(question, (schema) => {
    const validate = compiled(schema);
    if (validate(answer)) return undefined;
    const { instancePath, message } = validate.errors?.[0] ?? {};
    const place = instancePath ? ` at ${instancePath}` : "";
    return `${caller(question)} response does not match response_schema${place}: ${message ?? "it is invalid"}`;
  });
}

function inTime(
  question: HumanQuestion,
  check: (schema: JsonObject | boolean) => string | undefined,
): string | undefined {
  const schema = question.details["response_schema"];
  if (schema === undefined || schema === null) return undefined;
  if (!isJsonObject(schema) && typeof schema !== "boolean") return invalid(question, "it is no table");
  try {
    // The timeout ends regular expressions and recursion alike, wherever they are.
    return vm.runInNewContext("check()", { check: () => check(schema) }, { timeout: longestCheck }) as
      | string
      | undefined;
  } catch (error) {
    return invalid(question, oneLine(errorText(error), 300));
  }
}

function invalid(question: HumanQuestion, reason: string): string {
  return `${caller(question)} response_schema is invalid: ${reason}`;
}

/** Lists of item schemas mean something else since the draft of 2020; who names an older one gets its rules. */
function compiled(schema: JsonObject | boolean): ReturnType<Ajv["compile"]> {
  if (!isJsonObject(schema)) return new Ajv2020(options).compile(schema);
  const { $schema: dialect, ...rest } = schema;
  const isOld = typeof dialect === "string" && /draft-0[4-7]/.test(dialect);
  return (isOld ? new Ajv(options) : new Ajv2020(options)).compile({ ...rest });
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

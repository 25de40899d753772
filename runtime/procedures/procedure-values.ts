import type { Json, JsonObject } from "#common/json.ts";
import type { FieldSchemas } from "../ports.ts";
import { coerceText } from "../schema/coerce-text.ts";
import type { FieldProblem } from "../schema/field-problem.ts";
import type { OutputSchema } from "../schema/output-schema.ts";
import { validateFields, validateOutput } from "../schema/validate.ts";
import { luaType } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** Which procedure a value goes into or comes from, and what happens to fields that it does not declare. */
export interface ValueOwner {
  readonly name: string;
  readonly undeclared: "keep" | "drop";
}

/** Input with defaults filled in. Throws ProcedureFailure `input-invalid` that names every wrong field. */
export function checkedInput(schemas: FieldSchemas, given: Json, owner: ValueOwner): JsonObject {
  const checked = validateFields(schemas, given, {
    what: "input",
    applyDefaults: true,
    undeclared: owner.undeclared,
  });
  if (checked.ok) return checked.value;
  throw new ProcedureFailure("input-invalid", inputMessage(checked.error, schemas, owner.name));
}

/** Values given as text, by their declared types; undeclared ones stay text. Throws as `checkedInput`. */
export function coercedInput(
  schemas: FieldSchemas,
  texts: Readonly<Record<string, string>>,
  procedure: string,
): JsonObject {
  const result: Record<string, Json> = Object.create(null);
  for (const [name, text] of Object.entries(texts)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    const coerced = schema ? coerceText(schema, text) : ({ ok: true, value: text } as const);
    if (!coerced.ok) {
      throw new ProcedureFailure(
        "input-invalid",
        `Procedure '${procedure}' got an invalid input: input '${name}': ${coerced.error}`,
      );
    }
    result[name] = coerced.value;
  }
  return result;
}

/** The result as its schema says. Throws ProcedureFailure `output-invalid` that names every wrong field. */
export function checkedOutput(schema: OutputSchema | undefined, value: Json, owner: ValueOwner): Json {
  if (!schema) return value;
  const checked = validateOutput(schema, value, {
    what: "output",
    applyDefaults: true,
    undeclared: owner.undeclared,
  });
  if (checked.ok) return checked.value ?? null;
  throw new ProcedureFailure("output-invalid", outputMessage(checked.error, schema, value, owner.name));
}

function inputMessage(problems: readonly FieldProblem[], schemas: FieldSchemas, procedure: string): string {
  const missing = problems.filter((problem) => problem.reason === "missing");
  const others = problems.filter((problem) => problem.reason !== "missing");
  const sentences: string[] = [];
  if (missing.length > 0) {
    const list = missing.map((problem) => described(problem, schemas)).join(", ");
    sentences.push(`Procedure '${procedure}' requires input parameters that were not provided: ${list}`);
  }
  if (others.length > 0) {
    const list = others.map((problem) => problem.message).join("; ");
    sentences.push(`Procedure '${procedure}' got an invalid input: ${list}`);
  }
  return sentences.join("\n");
}

function described(problem: FieldProblem, schemas: FieldSchemas): string {
  const schema = Object.hasOwn(schemas, problem.field) ? schemas[problem.field] : undefined;
  if (!schema) return problem.field;
  const description = schema.description ? `: ${schema.description}` : "";
  return `${problem.field} (${schema.type})${description}`;
}

function outputMessage(
  problems: readonly FieldProblem[],
  schema: OutputSchema,
  value: Json,
  procedure: string,
): string {
  const [first] = problems;
  if (first?.field === "" && first.reason === "type") {
    const expected = schema.kind === "fields" ? "a table" : schema.field.type;
    return `Procedure '${procedure}' must return ${expected}, got ${jsonType(value)}`;
  }
  const missing = problems.filter((problem) => problem.reason === "missing");
  const others = problems.filter((problem) => problem.reason !== "missing");
  const parts = others.map((problem) => problem.message);
  if (missing.length > 0) {
    const fields = missing.map((problem) => problem.field || "a value").join(", ");
    parts.unshift(`missing required output: ${fields}`);
  }
  return others.length > 0 || missing.length === 0
    ? `Procedure '${procedure}' returned an invalid output: ${parts.join("; ")}`
    : `Procedure '${procedure}' ${parts.join("; ")}`;
}

function jsonType(value: Json): string {
  if (value === null) return "nil";
  return typeof value === "object" ? "table" : luaType(value);
}

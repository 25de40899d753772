import { isJsonObject, type Json, type JsonObject, ownMember } from "#common/json.ts";
import type { HumanQuestion, QuestionItem } from "./human-question.ts";

/** More fields than this are no form that a person fills in. */
const mostFields = 50;

/**
 * The fields of the answer that a `response_schema` describes, each as a question of its own. Undefined when it
 * describes no table with named fields.
 */
export function formOf({ details }: HumanQuestion): readonly QuestionItem[] | undefined {
  const schema = details["response_schema"];
  if (!isJsonObject(schema) || !isJsonObject(schema["properties"])) return undefined;
  const fields = Object.entries(schema["properties"]);
  if (fields.length === 0 || fields.length > mostFields) return undefined;
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return fields.map(([name, field]) =>
    itemOf(name, isJsonObject(field) ? field : {}, required.includes(name)),
  );
}

function itemOf(name: string, schema: JsonObject, required: boolean): QuestionItem {
  const { title, description, default: preset } = schema;
  const label = typeof title === "string" ? title : name;
  return {
    label,
    required,
    question: {
      id: name,
      message: typeof description === "string" ? description : label,
      ...asked(schema),
      ...(preset !== undefined && { default: preset }),
    },
  };
}

/** A field that has no kind of its own is any value that fits its schema. */
function asked(schema: JsonObject): Pick<HumanQuestion, "kind" | "details" | "options"> {
  const details = { response_schema: schema };
  if (Array.isArray(schema["enum"])) return { kind: "select", details, options: [...schema["enum"]] };
  const choices = schema["type"] === "array" ? enumOf(ownMember(schema, "items")) : undefined;
  if (choices)
    return { kind: "select", details: { ...details, mode: "multiple", min: 0 }, options: [...choices] };
  if (schema["type"] === "boolean") return { kind: "approval", details };
  return { kind: schema["type"] === "string" ? "input" : "custom", details };
}

function enumOf(schema: Json | undefined): readonly Json[] | undefined {
  return isJsonObject(schema) && Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

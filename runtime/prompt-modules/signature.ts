import { fail, ok, type Result } from "#common/result.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import { type Decoded, isDecodedTable } from "../schema/decoded.ts";
import { parseFieldSchemas } from "../schema/field-schema.ts";
import { typeOfWord } from "../schema/type-words.ts";

/** Inputs and outputs of a prompt. */
export interface Signature {
  readonly input: FieldSchemas;
  readonly output: FieldSchemas;
  readonly instructions?: string;
}

/** Reads `"question, context: list -> answer: str"`, or a table with `input` and `output`. */
export function readSignature(declared: Decoded): Result<Signature, string> {
  if (typeof declared === "string") return readArrow(declared);
  if (!isDecodedTable(declared)) return fail('must be a text such as "question -> answer", or a table.');
  const input = readSignatureFields(declared["input"], "input");
  const output = readSignatureFields(declared["output"], "output");
  if (!input.ok) return input;
  if (!output.ok) return output;
  if (Object.keys(output.value).length === 0) return fail("needs at least one output.");
  const instructions = declared["instructions"] ?? declared["description"];
  return ok({
    input: input.value,
    output: output.value,
    ...(typeof instructions === "string" ? { instructions } : {}),
  });
}

function readArrow(text: string): Result<Signature, string> {
  const [inputs = "", outputs, ...more] = text.split("->");
  if (outputs === undefined || more.length > 0)
    return fail('must have one arrow, as in "question -> answer".');
  const input = readNames(inputs);
  const output = readNames(outputs);
  if (!input.ok) return input;
  if (!output.ok) return output;
  if (Object.keys(output.value).length === 0) return fail("needs at least one output behind the arrow.");
  return ok({ input: input.value, output: output.value });
}

/** `a, b: list[str]`; commas inside of brackets belong to a type. */
function readNames(text: string): Result<FieldSchemas, string> {
  const parts = text.split(/,(?![^[]*\])/).map((part) => part.trim());
  const fields: Record<string, FieldSchema> = {};
  for (const part of parts.filter((part) => part !== "")) {
    const [, name, word] = /^([A-Za-z_]\w*)\s*(?::\s*([A-Za-z]\w*).*)?$/.exec(part) ?? [];
    if (name === undefined) return fail(`has '${part}', which is no name.`);
    fields[name] = { type: typeOfWord(word ?? "str") ?? "string", required: true };
  }
  return ok(fields);
}

/** Fields, or names with a type word. */
export function readSignatureFields(declared: Decoded, what: string): Result<FieldSchemas, string> {
  if (!isDecodedTable(declared)) return ok({});
  const spelled = Object.entries(declared).map(([name, field]): [string, Decoded] => [
    name,
    typeof field === "string" ? { type: typeOfWord(field) ?? "string" } : field,
  ]);
  const fields = parseFieldSchemas(Object.fromEntries(spelled), { what, requiredUnlessSaid: true });
  return fields.ok ? fields : fail(fields.error.join(" "));
}

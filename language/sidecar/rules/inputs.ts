import type { MappingEntry } from "#language/sidecar/config-node.ts";
import { isFieldValue } from "#language/sidecar/field-values.ts";
import type { ProcedureFacts, ProcedureInput } from "#language/sidecar/procedure-facts.ts";
import { type ConfigRule, entriesAt, type RuleFinding } from "#language/sidecar/rules/config-rule.ts";
import { removalFix } from "#language/sidecar/schema-fixes.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import { plainValue } from "#language/sidecar/yaml-value.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** The `inputs` of a sidecar against what the procedure beside it declares; each finding shows both sides. */
export const inputs: ConfigRule = function* ({ document, context, kind }) {
  const { procedure } = context;
  const given = document.nodeAt(["inputs"]);
  if (!procedure || kind !== "sidecar" || given?.kind !== "mapping") return;
  const declared = new Map(procedure.inputs.map((input) => [input.name, input]));
  for (const entry of given.entries) {
    const input = declared.get(entry.name);
    if (!input) yield undeclared(entry, procedure, document);
    else yield* wrongValue(entry, input, procedure, document);
  }
  const names = new Set(entriesAt(document, ["inputs"]).map(({ name }) => name));
  for (const input of procedure.inputs)
    if (input.required && input.default === undefined && !names.has(input.name))
      yield missing(input, procedure, document);
};

/** The procedure's side is shown at the input that was meant, or at its first one. */
function undeclared(entry: MappingEntry, procedure: ProcedureFacts, document: YamlDocument): RuleFinding {
  const known = procedure.inputs.map(({ name }) => name);
  const nearest = nearestName(entry.name, known);
  const hint = nearest === undefined ? "It is left out." : `Did you mean "${nearest}"?`;
  const target = procedure.inputs.find(({ name }) => name === nearest) ?? procedure.inputs[0];
  return {
    ...entry.key,
    code: "config-input-unknown",
    message: `The procedure declares no input "${entry.name}". ${hint}`,
    elsewhere: target ? [place(target, procedure, `Declared here: ${known.join(", ")}.`)] : [],
    fixes: [
      ...(nearest === undefined
        ? []
        : [
            {
              title: `Replace with "${nearest}"`,
              edits: [{ ...entry.key, text: nearest }],
              isPreferred: true,
            },
          ]),
      ...removalFix(document, ["inputs", entry.name]),
    ],
  };
}

/** A variable is replaced at the start of a run: what it will hold is not known here. */
function* wrongValue(
  entry: MappingEntry,
  input: ProcedureInput,
  procedure: ProcedureFacts,
  document: YamlDocument,
): Generator<RuleFinding> {
  const value = plainValue(entry.value, document.aliases);
  if (typeof value === "string" && value.includes("${")) return;
  const span = entry.value ?? entry.key;
  const declaredAs = `"${input.name}" is declared here as ${input.type}.`;
  if (!isFieldValue(value, input.type)) {
    yield {
      start: span.start,
      end: span.end,
      code: "config-input-wrong",
      message: `The input "${input.name}" must be ${article(input.type)}.`,
      elsewhere: [place(input, procedure, declaredAs)],
    };
  } else if (
    input.values &&
    !input.values.some((allowed) => JSON.stringify(allowed) === JSON.stringify(value))
  ) {
    const list = input.values.map((allowed) => JSON.stringify(allowed)).join(", ");
    yield {
      start: span.start,
      end: span.end,
      code: "config-input-wrong",
      message: `The input "${input.name}" must be one of ${list}.`,
      elsewhere: [place(input, procedure, declaredAs)],
    };
  }
}

/** No error, since each run may give it. */
function missing(input: ProcedureInput, procedure: ProcedureFacts, document: YamlDocument): RuleFinding {
  return {
    ...document.keySpan(["inputs"]),
    code: "config-input-missing",
    message: `The procedure requires the input "${input.name}", which has no value here: each run must give it.`,
    elsewhere: [place(input, procedure, `"${input.name}" is declared here as required.`)],
  };
}

function place(input: ProcedureInput, { file }: ProcedureFacts, message: string) {
  return { file, range: input.range, message };
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

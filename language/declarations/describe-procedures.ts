import type { Json } from "#common/json.ts";
import type {
  EvaluatedDeclaration,
  EvaluatedDeclarations,
  EvaluatedTable,
  EvaluatedValue,
} from "#language/declarations/evaluated-declarations.ts";

/** What the top level of a `.tac` file declares, for run buttons and input forms. */
export interface DeclarationSummary {
  readonly procedures: readonly ProcedureSummary[];
  readonly agents: readonly NamedDeclaration[];
  readonly tools: readonly NamedDeclaration[];
  /** Why the evaluation ended early; what was declared before it is still there. */
  readonly problem?: { readonly message: string; readonly line?: number };
}

/** Something that is declared under a name, and its line (from 1). */
interface NamedDeclaration {
  readonly name: string;
  readonly line: number;
}

export interface ProcedureSummary extends NamedDeclaration {
  readonly input: readonly InputField[];
}

/** One input of a procedure, for a form. */
export interface InputField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly description?: string;
}

/** The procedures, agents and tools of an evaluated file. A script counts as one procedure `main` with the inputs of its top level. */
export function describeProcedures(evaluated: EvaluatedDeclarations): DeclarationSummary {
  const { declarations, problem } = evaluated;
  const procedures = declarations.flatMap((declaration) =>
    declaration.kind === "Procedure"
      ? [
          {
            name: declaration.name ?? "main",
            line: declaration.line,
            input: inputFields(declaration.config?.fields["input"]),
          },
        ]
      : [],
  );
  return {
    procedures: procedures.length > 0 ? procedures : [onlyProcedure(evaluated)],
    agents: named(declarations, "Agent"),
    tools: named(declarations, "Tool"),
    ...(problem && {
      problem: { message: problem.message, ...(problem.line !== undefined && { line: problem.line }) },
    }),
  };
}

/** A plain `main` function, or a script: its inputs stand at the top level. */
function onlyProcedure({ declarations, globals }: EvaluatedDeclarations): ProcedureSummary {
  const main = globals.find(({ name, type }) => name === "main" && type === "function");
  if (main) return { name: "main", line: main.line, input: [] };
  const inputs = declarations.filter(({ kind }) => kind === "input");
  const input = inputs.flatMap(({ config }) => inputFields(config));
  return { name: "main", line: inputs[0]?.line ?? 1, input };
}

function named(declarations: readonly EvaluatedDeclaration[], kind: string): NamedDeclaration[] {
  return declarations.flatMap(({ kind: declared, name, line }) =>
    declared === kind && name !== undefined ? [{ name, line }] : [],
  );
}

function inputFields(schema: EvaluatedValue | undefined): InputField[] {
  if (!isTable(schema)) return [];
  return Object.entries(schema.fields).flatMap(([name, field]) => {
    const options = optionsOf(field);
    return options ? [{ name, ...describeField(options) }] : [];
  });
}

/** A field that a builder made, or a plain table, or the name of a type. */
function optionsOf(field: EvaluatedValue): EvaluatedTable["fields"] | undefined {
  if (typeof field === "string") return { type: field };
  if (isTable(field)) return field.fields;
  return typeof field === "object" && field?.kind === "field"
    ? { ...field.options, type: field.type }
    : undefined;
}

function describeField(options: EvaluatedTable["fields"]): Omit<InputField, "name"> {
  const preset = plainJson(options["default"]);
  const values = plainJson(options["enum"]);
  const description = options["description"];
  const type = options["type"];
  return {
    type: typeof type === "string" ? type : "string",
    required: options["required"] === true,
    ...(preset !== undefined && { default: preset }),
    ...(Array.isArray(values) && { enum: values }),
    ...(typeof description === "string" && { description }),
  };
}

/** Undefined for what JSON can't carry (a function, a handle): a form can't show it either. */
function plainJson(value: EvaluatedValue | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") return value;
  if (value.kind !== "table") return undefined;
  const items = value.items.map((item) => plainJson(item) ?? null);
  const fields = Object.entries(value.fields).flatMap(([key, field]) => {
    const json = plainJson(field);
    return json === undefined ? [] : [[key, json] as const];
  });
  if (fields.length === 0) return items;
  return Object.fromEntries([...items.map((item, index) => [String(index + 1), item] as const), ...fields]);
}

function isTable(value: EvaluatedValue | undefined): value is EvaluatedTable {
  return typeof value === "object" && value?.kind === "table";
}

import type { Json } from "#common/json.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SchemaField } from "#language/semantics/schema.ts";
import type { ProcedureFacts, ProcedureInput, ProcedureNeed } from "#language/sidecar/procedure-facts.ts";
import type { Span } from "#language/syntax/tree.ts";

/** What sidecars need to know of a procedure; `name` is the file as findings call it. */
export function procedureFacts(file: ProcedureFile, name: string): ProcedureFacts {
  const named = (kind: string): string[] =>
    file.types.sites().flatMap(({ site }) => (site.kind === kind && site.name ? [site.name.text] : []));
  return {
    file: name,
    inputs: inputFields(file).map((field) => inputOf(file, field)),
    tools: named("Tool"),
    toolsets: named("Toolset"),
    agents: named("Agent"),
    needs: needsOf(file),
  };
}

/** The inputs of the procedure that a run starts, and of a script. */
function inputFields(file: ProcedureFile): readonly SchemaField[] {
  const procedures = file.types.sites().filter(({ site }) => site.kind === "Procedure");
  const main = procedures.find(({ site }) => (site.name?.text ?? "main") === "main") ?? procedures[0];
  const declared = main && file.types.schemaOf(main.model, main.site, "input");
  return [...(declared ? [declared] : []), ...file.types.scriptSchemas("input")].flatMap(
    ({ fields }) => fields,
  );
}

function inputOf(file: ProcedureFile, field: SchemaField): ProcedureInput {
  return {
    name: field.name,
    type: field.type,
    required: field.required && !field.hasDefault,
    description: field.description ?? "",
    range: rangeOf(file, field.place.span, field.place.statement.offset),
    ...(field.values && { values: field.values as readonly Json[] }),
  };
}

function needsOf(file: ProcedureFile): ProcedureNeed[] {
  return file.models.flatMap((model) =>
    namedReferences(model).flatMap(({ kind, text, span }): ProcedureNeed[] => {
      const range = rangeOf(file, span, model.offset);
      if (kind === "hostTool") return [{ kind: "host tool", name: text, range }];
      const [source, server] = kind === "toolSource" ? text.split(".") : [];
      return source === "mcp" && server !== undefined ? [{ kind: "MCP server", name: server, range }] : [];
    }),
  );
}

function rangeOf(file: ProcedureFile, { start, end }: Span, base: number): ProcedureInput["range"] {
  return { start: file.lines.positionAt(base + start), end: file.lines.positionAt(base + end) };
}

/** Where a procedure declares a name: an input, a tool, a toolset or an agent; undefined when it does not. */
export function declarationSpan(file: ProcedureFile, name: string): Span | undefined {
  const input = inputFields(file).find((field) => field.name === name);
  if (input) return moved(input.place.span, input.place.statement.offset);
  for (const { model, site } of file.types.sites()) {
    if (site.name?.text === name) return moved(site.name.span, model.offset);
  }
  return undefined;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

import type { ProjectView } from "#language/project/project-view.ts";
import { paragraphs } from "#language/semantics/entry-text.ts";
import { grantedTools } from "#language/semantics/granted-tools.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";
import { bullets, inlineCode, plainText } from "#language/semantics/markdown.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SchemaField } from "#language/semantics/schema.ts";
import { fieldNamed, positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import type { TableExpression } from "#language/syntax/tree.ts";

interface Around {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}

/** What a declaration declares, for people, in Markdown: description, model, tools, inputs, outputs. */
export function declarationSummary(placed: PlacedSite, around: Around): string {
  const { model, site } = placed;
  const { types } = around.file;
  const config = site.config;
  const schema = (title: string, field: string): string | undefined =>
    schemaText(title, types.schemaOf(model, site, field)?.fields ?? []);
  const description = config && stringLiteral(fieldNamed(config, "description")?.value)?.value;
  return paragraphs([
    description === undefined || description === "" ? undefined : plainText(description),
    site.kind === "Agent" && config ? modelText(config) : undefined,
    site.kind === "Agent" ? toolsText(placed, around) : undefined,
    site.kind === "Toolset" && config ? toolsetText(config) : undefined,
    site.kind === "Agent" ? undefined : schema("Input", "input"),
    schema(site.kind === "Agent" ? "Answers with" : "Output", "output"),
  ]);
}

/** Fields of a schema, a line each. */
function schemaText(title: string, fields: readonly SchemaField[]): string | undefined {
  return fields.length > 0 ? `${title}:\n${bullets(fields.map(fieldLine))}` : undefined;
}

/** One field: `topic`: string, required — what it means. */
export function fieldLine({ name, type, required, values, description }: SchemaField): string {
  const need = required ? ", required" : "";
  const choices = values
    ? `, one of ${values.map((value) => inlineCode(JSON.stringify(value))).join(", ")}`
    : "";
  const about = description === undefined || description === "" ? "" : ` — ${plainText(description)}`;
  return `${inlineCode(name)}: ${plainText(type)}${need}${choices}${about}`;
}

function modelText(config: TableExpression): string | undefined {
  const text = (name: string) => stringLiteral(fieldNamed(config, name)?.value)?.value;
  const model = text("model");
  const provider = text("provider");
  if (model === undefined) return undefined;
  const name = provider === undefined || model.includes("/") ? model : `${provider}/${model}`;
  return `Model: ${inlineCode(name)}.`;
}

function toolsText(agent: PlacedSite, around: Around): string {
  const { names, isOpen } = grantedTools(agent, around);
  if (names.size === 0) return isOpen ? "Tools: those of the configuration." : "It has no tools.";
  const listed = [...names].map(inlineCode).join(", ");
  return `Tools: ${listed}${isOpen ? ", and more that only a run can know" : ""}.`;
}

function toolsetText(config: TableExpression): string | undefined {
  const tools = fieldNamed(config, "tools")?.value;
  if (tools?.kind !== "TableExpression") return undefined;
  const names = positionalValues(tools).flatMap((value) => {
    if (value.kind === "NameExpression") return [value.text];
    const named = value.kind === "TableExpression" ? fieldNamed(value, "name")?.value : value;
    return stringLiteral(named)?.value ?? [];
  });
  return names.length > 0 ? `Tools: ${names.map(inlineCode).join(", ")}.` : undefined;
}

import type { Project } from "#language/project/project.ts";
import { typeOfTarget } from "#language/semantics/definitions.ts";
import { grantedTools } from "#language/semantics/granted-tools.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SymbolAt, SymbolTarget } from "#language/semantics/symbols.ts";
import { parametersText, typeText } from "#language/semantics/type-text.ts";
import { callableOf, type FunctionType, type Type } from "#language/semantics/types.ts";
import type { DeclarationEntry, Entry, FieldEntry } from "#vocabulary/entries.ts";
import { standardModules } from "#vocabulary/modules.ts";

/** What people should know of a symbol, in Markdown: a line of code, then its documentation. */
export function hoverText(file: ProcedureFile, symbol: SymbolAt, project: Project): string | undefined {
  const { target } = symbol;
  if (target.kind === "module") return moduleText(file, target.name, project);
  if (target.kind === "label") return code(`goto ${target.name}`);
  const type = typeOfTarget(file, target);
  if (!type) return undefined;
  const parts = [
    code(headline(target, type)),
    docOf(target, type),
    ...detailsOf(file, target, type, project),
  ];
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

function headline(target: SymbolTarget, type: Type): string {
  const name = nameOf(target);
  if (type.kind === "function") return functionLine(name, type, target.kind === "local");
  const prefix = target.kind === "local" ? "local " : target.kind === "member" ? "(field) " : "";
  return `${prefix}${name}: ${typeText(type)}`;
}

function functionLine(name: string, type: FunctionType, isLocal: boolean): string {
  const returns = type.returns().map((returned) => typeText(returned, 1));
  const results = returns.length > 0 ? `: ${returns.join(", ")}` : "";
  return `${isLocal ? "local " : ""}function ${name}(${parametersText(type)})${results}`;
}

function nameOf(target: SymbolTarget): string {
  return target.kind === "local" ? target.binding.name : target.name;
}

function docOf(target: SymbolTarget, type: Type): string | undefined {
  const member = target.kind === "member" ? target.member : undefined;
  const doc = member?.doc ?? ("doc" in type ? type.doc : undefined);
  const entry: Entry | undefined = member?.entry ?? (type.kind === "function" ? type.entry : undefined);
  const notes = entry ? entryNotes(entry) : [];
  const deprecated = member?.deprecated ?? (type.kind === "function" ? type.deprecated : undefined);
  if (deprecated !== undefined)
    notes.push(`*An older form${deprecated === "" ? "" : `: write ${deprecated}`}.*`);
  return [doc, ...notes].filter((text) => text !== undefined && text !== "").join("\n\n");
}

function entryNotes(entry: Entry & Partial<FieldEntry>): string[] {
  const notes: string[] = [];
  if (entry.default !== undefined) notes.push(`Default: \`${String(entry.default)}\``);
  if (entry.values) notes.push(`One of: ${entry.values.map((value) => `\`${value}\``).join(", ")}`);
  if (entry.required) notes.push("Required.");
  if (entry.status === "declared") notes.push("*Understood, but without effect in this version.*");
  return notes;
}

/** What a declared value may do: the tools of an agent, the parameters of a function. */
function detailsOf(
  file: ProcedureFile,
  target: SymbolTarget,
  type: Type,
  project: Project,
): (string | undefined)[] {
  const details: (string | undefined)[] = [];
  if (type.kind === "handle" && type.handle === "agent" && type.name !== undefined)
    details.push(agentTools(file, type.name, project));
  const callable = callableOf(type);
  const described = callable?.parameters.filter(({ doc }) => doc) ?? [];
  if (target.kind !== "member" || type.kind === "function")
    details.push(...described.map(({ name, doc }) => `\`${name}\` — ${doc}`));
  if (type.kind === "function" && isDeclaration(type.entry)) details.push(fieldList(type.entry));
  return details;
}

function agentTools(file: ProcedureFile, name: string, project: Project): string | undefined {
  const agent = file.types.siteOf("Agent", name);
  if (!agent) return undefined;
  const { names, isOpen } = grantedTools(agent, { file, project });
  if (names.size === 0) return isOpen ? "Tools: those of the configuration." : "It has no tools.";
  return `Tools: ${[...names].map((tool) => `\`${tool}\``).join(", ")}${isOpen ? " and more that only a run can know" : ""}.`;
}

function isDeclaration(entry: Entry | undefined): entry is DeclarationEntry {
  return entry !== undefined && "forms" in entry;
}

function fieldList({ fields }: DeclarationEntry): string {
  const required = fields.filter((field) => field.required).map(({ name }) => `\`${name}\``);
  return required.length > 0 ? `Must have: ${required.join(", ")}.` : "";
}

function moduleText(file: ProcedureFile, name: string, project: Project): string {
  const target = project.module(file.uri, name);
  const type = file.moduleType(name);
  const line = code(`require("${name}")${type ? `: ${typeText(type)}` : ""}`);
  if (target.kind === "standard") {
    const entry = standardModules.find((module) => module.name === name);
    return [line, entry?.doc].filter(Boolean).join("\n\n");
  }
  if (target.kind === "file")
    return `${line}\n\n${decodeURIComponent(target.uri.slice(target.uri.lastIndexOf("/") + 1))}`;
  return `${line}\n\nThere is no such module.`;
}

function code(line: string): string {
  return `\`\`\`lua\n${line}\n\`\`\``;
}

import type { Project } from "#language/project/project.ts";
import { turnInputs } from "#language/semantics/agent-turns.ts";
import { declarationSummary, fieldLine } from "#language/semantics/declaration-summary.ts";
import { entryText, fieldText, isDeclaration, paragraphs, wordText } from "#language/semantics/entry-text.ts";
import { externalText, missingText } from "#language/semantics/external-text.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";
import { typeOfWord } from "#language/semantics/inference/vocabulary-types.ts";
import { bullets, codeBlock, inlineCode, plainText } from "#language/semantics/markdown.ts";
import { relatedFiles } from "#language/semantics/occurrences.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SymbolAt, SymbolTarget } from "#language/semantics/symbol-target.ts";
import { targetType } from "#language/semantics/target-type.ts";
import { parametersText, typeText } from "#language/semantics/type-text.ts";
import type { FunctionType, Type } from "#language/semantics/types.ts";
import type { DeclarationEntry, Entry } from "#vocabulary/entries.ts";

/** What people should know of a symbol, in Markdown: a line of code, then its documentation. Texts of files are no markup. */
export function hoverText(file: ProcedureFile, symbol: SymbolAt, project: Project): string | undefined {
  const { target } = symbol;
  switch (target.kind) {
    case "module":
    case "external":
      return externalText(file, target, project);
    case "label":
      return codeBlock(`goto ${target.name}`);
    case "entry":
      return paragraphs([codeBlock(`(${target.owner}) ${target.name}`), fieldText(target.entry)]);
    case "value":
      return paragraphs([
        codeBlock(JSON.stringify(target.name)),
        target.entry.valueDocs?.[target.name],
        fieldText(target.entry),
      ]);
    case "namespace":
      return paragraphs([codeBlock(`{${target.name}.…}`), wordText(target.entry)]);
    case "step":
      return stepText(target);
    case "stateKey":
      return stateText(file, target.name);
    case "turnInput":
      return turnText(file, target.agent, target.name);
    default:
      return valueText(file, target, project);
  }
}

type ValueTarget = Extract<SymbolTarget, { kind: "local" | "global" | "member" | "class" }>;

function valueText(file: ProcedureFile, target: ValueTarget, project: Project): string | undefined {
  const declared =
    target.kind === "global" ? declaration(file, target, project) : ownDeclaration(file, target);
  if (declared) return declaredText(declared.file, declared.placed, project);
  const type = targetType(file, target);
  if (!type) return target.kind === "global" && target.reference ? missingText(target) : undefined;
  return paragraphs([codeBlock(headline(file, target, type)), docOf(file, target, type)]);
}

interface Declared {
  readonly file: ProcedureFile;
  readonly placed: PlacedSite;
}

/** The declaration that a global or a text names, in this file or in one that shares its names. */
function declaration(
  file: ProcedureFile,
  target: Extract<SymbolTarget, { kind: "global" }>,
  project: Project,
): Declared | undefined {
  const kinds = target.declaredBy;
  if (kinds?.length === 0) return undefined;
  for (const other of [file, ...relatedFiles(project, file.uri).filter((each) => each !== file)]) {
    const placed = other.types
      .sites()
      .find(({ site }) => site.name?.text === target.name && (!kinds || kinds.includes(site.kind)));
    if (placed) return { file: other, placed };
  }
  return undefined;
}

/** A local that holds what is declared beside it. */
function ownDeclaration(file: ProcedureFile, target: SymbolTarget): Declared | undefined {
  if (target.kind !== "local") return undefined;
  const { model, binding } = target;
  const { origin } = binding;
  const value = origin.kind === "local" ? origin.statement.values[origin.index] : undefined;
  const site = value && model.sites.find(({ call }) => call === value);
  return site && { file, placed: { model, site } };
}

function declaredText(file: ProcedureFile, placed: PlacedSite, project: Project): string {
  const { model, site } = placed;
  const name = site.name?.text ?? "main";
  const type = file.types.handleTypeOf(model, site);
  const call = type.kind === "handle" ? type.call : undefined;
  const isCalled = call && (site.kind === "Tool" || site.kind === "Procedure");
  const line = isCalled
    ? `${site.kind} ${name}(${parametersText(call)})${resultsText(call)}`
    : `${site.kind} ${name}`;
  const comment = file.annotationsBefore(model, model.top.node.start)?.text;
  return paragraphs([
    codeBlock(line),
    comment === undefined || comment === "" ? undefined : plainText(comment),
    declarationSummary(placed, { file, project }),
  ]);
}

function headline(file: ProcedureFile, target: ValueTarget, type: Type): string {
  if (target.kind === "class") return `(class) ${target.name}`;
  const name = target.kind === "local" ? target.binding.name : target.name;
  const prefix = target.kind === "local" ? "local " : target.kind === "member" ? "(field) " : "";
  const entry = type.kind === "function" ? type.entry : undefined;
  if (entry && isDeclaration(entry)) return declarationForm(entry);
  // Tables of options are told below, so the line stays short.
  if (type.kind === "function")
    return `${prefix}function ${name}(${parametersText(type, entry ? 2 : 0)})${resultsText(type)}`;
  return isWordHere(file, target) ? name : `${prefix}${name}: ${typeText(type)}`;
}

/** How a declaration is written most often. */
function declarationForm({ name, forms }: DeclarationEntry): string {
  switch (forms[0]) {
    case "assigned":
      return `x = ${name} { … }`;
    case "curried":
      return `${name} "x" { … }`;
    case "bare":
      return `${name} { … }`;
    default:
      return `${name}("x", …)`;
  }
}

/** What a function gives; nothing when nothing is known of it. */
function resultsText(type: FunctionType): string {
  const returns = type.returns();
  const isTold = returns.some(({ kind }) => kind !== "unknown" && kind !== "nil");
  return isTold ? `: ${returns.map((returned) => typeText(returned, 1)).join(", ")}` : "";
}

/** A global of the language that the file does not set itself. */
function isWordHere(file: ProcedureFile, target: ValueTarget): boolean {
  return (
    target.kind === "global" &&
    typeOfWord(target.name)?.kind === "table" &&
    file.names.globalWrites(target.name).length === 0
  );
}

/** Words of the language have our own documentation; what files say is shown as plain text. */
function docOf(file: ProcedureFile, target: ValueTarget, type: Type): string | undefined {
  const member = target.kind === "member" ? target.member : undefined;
  const entry: Entry | undefined = member?.entry ?? (type.kind === "function" ? type.entry : undefined);
  if (entry) return entryText(entry);
  if (isWordHere(file, target)) {
    const word = target.kind === "global" ? typeOfWord(target.name) : undefined;
    return word && "doc" in word ? word.doc : undefined;
  }
  const doc = member?.doc ?? ("doc" in type ? type.doc : undefined);
  const isOurs = type.kind === "handle" && member === undefined;
  const deprecated = member?.deprecated ?? (type.kind === "function" ? type.deprecated : undefined);
  const shown = doc === undefined || doc === "" ? undefined : isOurs ? doc : plainText(doc);
  return paragraphs([shown, parameterDocs(type), classFields(target, type), deprecatedText(deprecated)]);
}

function deprecatedText(deprecated: string | undefined): string | undefined {
  if (deprecated === undefined) return undefined;
  return deprecated === "" ? "*Deprecated.*" : `*Deprecated:* ${plainText(deprecated)}`;
}

function parameterDocs(type: Type): string | undefined {
  if (type.kind !== "function") return undefined;
  const described = type.parameters.filter(({ doc }) => doc !== undefined && doc !== "");
  return bullets(described.map(({ name, doc = "" }) => `${inlineCode(name)} — ${plainText(doc)}`));
}

function classFields(target: SymbolTarget, type: Type): string | undefined {
  if (target.kind !== "class" || type.kind !== "table") return undefined;
  return bullets(
    [...type.members.values()].map(({ name, type: of, doc }) => {
      const about = doc === undefined || doc === "" ? "" : ` — ${plainText(doc)}`;
      return `${inlineCode(`${name}: ${typeText(of, 1)}`)}${about}`;
    }),
  );
}

function stepText({ match }: Extract<SymbolTarget, { kind: "step" }>): string {
  if (match.kind === "custom") return `A step of this file, declared as ${inlineCode(match.step.pattern)}.`;
  const { step } = match;
  const parameters = step.parameters.map(({ name, doc }) => `${inlineCode(`{${name}}`)} — ${doc}`);
  return paragraphs([`${step.keyword} ${inlineCode(step.pattern)}`, step.doc, bullets(parameters)]);
}

function stateText(file: ProcedureFile, name: string): string {
  const field = file.types
    .sites()
    .flatMap(({ model, site }) => file.types.schemaOf(model, site, "state")?.fields ?? [])
    .find((each) => each.name === name);
  const type = targetType(file, { kind: "stateKey", name });
  const about = field ? fieldLine(field) : "No schema declares it.";
  return paragraphs([codeBlock(`state.${name}${type ? `: ${typeText(type)}` : ""}`), about]);
}

function turnText(file: ProcedureFile, agent: string, name: string): string {
  const member = turnInputs(file, agent).get(name);
  const type = member && member.type.kind !== "unknown" ? `: ${typeText(member.type)}` : "";
  const doc = member?.doc === undefined ? undefined : plainText(member.doc);
  return paragraphs([
    codeBlock(`input.${name}${type}`),
    doc,
    `Given by calls of the agent ${inlineCode(agent)}; its prompt reads it as ${inlineCode(`{input.${name}}`)}.`,
  ]);
}

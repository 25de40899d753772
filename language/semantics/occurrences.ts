import type { Project } from "#language/project/project.ts";
import { functionContexts } from "#language/semantics/inference/function-contexts.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { Binding, NameUse } from "#language/semantics/scopes.ts";
import { ownSteps, specificationSteps } from "#language/semantics/specification-steps.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import {
  isSameTarget,
  nameOf,
  type SymbolAt,
  type SymbolRole,
  type SymbolTarget,
} from "#language/semantics/symbol-target.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import { labelRanges } from "#language/structure/label-ranges.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A place where a symbol stands. */
export interface Occurrence {
  readonly file: ProcedureFile;
  readonly model: StatementModel;
  /** Relative to the statement. */
  readonly span: Span;
  readonly role: SymbolRole;
}

/** Every place where a symbol stands, in its own file and in those that share its names; each file in text order. */
export function occurrences(project: Project, file: ProcedureFile, symbol: SymbolAt): readonly Occurrence[] {
  const { target } = symbol;
  switch (target.kind) {
    case "local":
      return localOccurrences(file, target.model, target.binding);
    case "label":
      return labelOccurrences(file, symbol);
    case "module":
      return moduleOccurrences(project, file, target.name);
    case "step":
      return relatedFiles(project, file.uri).flatMap((other) => stepOccurrences(other, target));
    default:
      return filesWith(project, file, target).flatMap((other) => writtenOccurrences(other, target));
  }
}

/** Those in the file that was asked about alone. */
export function ownOccurrences(file: ProcedureFile, symbol: SymbolAt): readonly Occurrence[] {
  const { target } = symbol;
  if (target.kind === "local") return localOccurrences(file, target.model, target.binding);
  if (target.kind === "label") return labelOccurrences(file, symbol);
  return target.kind === "step" ? stepOccurrences(file, target) : writtenOccurrences(file, target);
}

/** A file, those that it requires, and those that require it: they share their globals. */
export function relatedFiles(project: Project, uri: string): ProcedureFile[] {
  return project.relatedTo(uri).flatMap((other) => project.procedure(other) ?? []);
}

/** The files in which a symbol can stand and whose text has its name. */
function filesWith(project: Project, file: ProcedureFile, target: SymbolTarget): ProcedureFile[] {
  const name = nameOf(target);
  const hasName = (uri: string): boolean => project.textOf(uri)?.includes(name) === true;
  const home = target.kind === "member" ? target.member.place?.statement.uri : undefined;
  const related = new Set(project.relatedTo(home ?? file.uri).filter(hasName));
  if (target.kind === "global")
    for (const uri of [...related])
      if (uri !== file.uri && definesGlobal(project, uri, name))
        for (const other of project.relatedTo(uri)) if (hasName(other)) related.add(other);
  return [...related].flatMap((uri) => project.procedure(uri) ?? []);
}

function definesGlobal(project: Project, uri: string, name: string): boolean {
  return (project.procedure(uri)?.names.globalWrites(name).length ?? 0) > 0;
}

/** Looks at every place of a file where the name is written. */
function writtenOccurrences(file: ProcedureFile, target: SymbolTarget): Occurrence[] {
  const name = nameOf(target);
  if (name === "") return [];
  const found: Occurrence[] = [];
  for (const index of placesOfWord(name, file.text)) {
    const symbol = symbolAt(file, index + Math.min(1, name.length - 1));
    if (!symbol || symbol.model.offset + symbol.span.start !== index) continue;
    const { model, span, role } = symbol;
    if (isSameTarget(symbol.target, target)) found.push({ file, model, span, role });
  }
  return found;
}

/** Where a text stands that no letters go on, at neither end. A text of any length: some would be too large for an expression. */
function* placesOfWord(word: string, text: string): Generator<number> {
  const isPart = (index: number): boolean => /\w/.test(text.charAt(index));
  for (let index = text.indexOf(word); index !== -1; index = text.indexOf(word, index + 1)) {
    const end = index + word.length;
    if (isPart(index) && isPart(index - 1)) continue;
    if (!isPart(end - 1) || !isPart(end)) yield index;
  }
}

function localOccurrences(file: ProcedureFile, model: StatementModel, binding: Binding): Occurrence[] {
  const found: Occurrence[] = annotatedParameter(file, model, binding);
  if (binding.span.start < binding.span.end)
    found.push({ file, model, span: binding.span, role: "declaration" });
  for (const use of binding.uses) found.push({ file, model, span: use.node, role: roleOf(use) });
  if (!binding.isTopLevel) return found;
  for (const other of file.models) {
    if (other.index <= model.index) continue;
    for (const use of other.scopes.free)
      if (use.name === binding.name && file.names.topLocal(use.name, other.index)?.binding === binding)
        found.push({ file, model: other, span: use.node, role: roleOf(use) });
  }
  return found;
}

/** The name of a parameter in the comment above its function. */
function annotatedParameter(
  file: ProcedureFile,
  model: StatementModel,
  { origin, name }: Binding,
): Occurrence[] {
  if (origin.kind !== "parameter") return [];
  const start = functionContexts(model).get(origin.body)?.start ?? origin.body.start;
  const annotations = file.annotationsBefore(model, start);
  return (annotations?.parameters ?? [])
    .filter((parameter) => parameter.name === name)
    .map(({ nameSpan }) => ({ file, model, span: nameSpan, role: "read" }));
}

function roleOf({ access }: NameUse): SymbolRole {
  return access === "write" ? "write" : "read";
}

/** A `goto` whose label is missing stands for itself. */
function labelOccurrences(file: ProcedureFile, { model: own, span, role }: SymbolAt): Occurrence[] {
  const ranges = labelRanges(file.tree, own.offset + span.start);
  if (!ranges) return [{ file, model: own, span, role }];
  return ranges.map(({ start, end }) => {
    const model = file.modelAt(start);
    const isSet = file.text.slice(0, start).trimEnd().endsWith("::");
    return {
      file,
      model,
      span: { start: start - model.offset, end: end - model.offset },
      role: isSet ? "declaration" : "read",
    };
  });
}

/** The calls of `require` that lead to the same module, in all files. */
function moduleOccurrences(project: Project, file: ProcedureFile, name: string): Occurrence[] {
  const target = project.module(file.uri, name);
  const uris = target.kind === "file" ? project.affectedBy(target.uri) : project.relatedTo(file.uri);
  return uris.flatMap((uri) => {
    const other = project.procedure(uri);
    if (!other) return [];
    const isMeant = (required: string): boolean => {
      const found = project.module(uri, required);
      return target.kind === "file"
        ? found.kind === "file" && found.uri === target.uri
        : found.kind === target.kind && required === name;
    };
    return requiredModules(other)
      .filter((required) => isMeant(required.name))
      .map(({ model, text }) => ({ file: other, model, span: text.content, role: "text" }));
  });
}

/** The steps of specifications that mean the same, and where a step of the file is declared. */
function stepOccurrences(
  file: ProcedureFile,
  { match }: Extract<SymbolTarget, { kind: "step" }>,
): Occurrence[] {
  const used = file.models.flatMap((model) =>
    specificationSteps(file, model)
      .filter((step) => step.match?.step === match.step || isSameOwn(step.match, match))
      .map(({ step, base }): Occurrence => {
        const span = { start: base + step.text.start, end: base + step.text.end };
        return { file, model, span, role: "text" };
      }),
  );
  const declared = ownSteps(file)
    .filter(({ site }) => match.kind === "custom" && site === match.step.site)
    .flatMap(({ model, site }): Occurrence[] =>
      site.text ? [{ file, model, span: site.text.content, role: "declaration" }] : [],
    );
  return [...declared, ...used];
}

function isSameOwn(
  first: Extract<SymbolTarget, { kind: "step" }>["match"] | undefined,
  second: Extract<SymbolTarget, { kind: "step" }>["match"],
): boolean {
  return first?.kind === "custom" && second.kind === "custom" && first.step.site === second.step.site;
}

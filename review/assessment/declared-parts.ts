import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { Schema } from "#language/semantics/schema.ts";
import {
  type SpecificationSection,
  specificationSections,
} from "#language/semantics/specification-outline.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import { isTrivia, tokenEnd, tokenIndexAt, tokenText } from "#language/syntax/tokens.ts";
import type { Expression, Span } from "#language/syntax/tree.ts";

/** A piece of a procedure as two versions of it are compared: another layout or comment is no difference. */
export interface CodePiece {
  readonly code: string;
  readonly line: number;
  /** When the piece is a number. */
  readonly number?: number;
}

/** One declaration with everything in it that can change. */
export interface DeclaredPart {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly fields: ReadonlyMap<string, CodePiece>;
  readonly schemas: ReadonlyMap<string, Schema>;
  /** What is neither a field with a name nor a specification: its function, its text. */
  readonly rest: string;
}

/** A scenario of a specification with its steps as they are written. */
export interface DeclaredScenario {
  readonly line: number;
  readonly steps: readonly string[];
}

/** A procedure, taken apart. */
export interface ProcedureParts {
  readonly declarations: ReadonlyMap<string, DeclaredPart>;
  readonly scenarios: ReadonlyMap<string, DeclaredScenario>;
  readonly modules: ReadonlyMap<string, number>;
  /** Statements without a declaration, by their code; the lines that they stand in. */
  readonly statements: ReadonlyMap<string, number>;
}

const schemaFields = ["input", "output", "state"];

/** Takes a procedure apart. */
export function procedureParts(file: ProcedureFile): ProcedureParts {
  return {
    declarations: declarationsOf(file),
    scenarios: scenariosOf(file),
    modules: new Map(requiredModules(file).map(({ name, model, call }) => [name, lineOf(file, model, call)])),
    statements: statementsOf(file),
  };
}

function declarationsOf(file: ProcedureFile): ReadonlyMap<string, DeclaredPart> {
  const parts = new Map<string, DeclaredPart>();
  for (const { model, site } of file.types.sites()) {
    const name = site.name?.text ?? (site.kind === "Procedure" ? "main" : "");
    const fields = site.config ? namedFields(site.config) : [];
    const piece = (value: Expression): CodePiece => ({
      code: codeOf(file, model, value),
      line: lineOf(file, model, value),
      ...(value.kind === "NumberExpression" && { number: value.value }),
    });
    const schemas = schemaFields.flatMap((field) => {
      const schema = file.types.schemaOf(model, site, field);
      return schema ? ([[field, schema]] as const) : [];
    });
    const body =
      site.body &&
      !fields.some(({ value }) => value.kind === "FunctionExpression" && value.body === site.body);
    const rest = [
      ...(body && site.body ? [site.body] : []),
      ...(site.text && !isSpecification(site.kind) ? [site.text] : []),
    ];
    const key = unusedKey(parts, `${site.kind} ${name}`);
    parts.set(key, {
      kind: site.kind,
      name,
      line: lineOf(file, model, site.call),
      fields: new Map(fields.map((field) => [field.name, piece(field.value)])),
      schemas: new Map(schemas),
      rest: rest.map((node) => codeOf(file, model, node)).join("\n"),
    });
  }
  return parts;
}

/** Declarations of the same name, and those without any, are told apart by their order. */
function unusedKey(parts: ReadonlyMap<string, unknown>, wanted: string): string {
  let key = wanted;
  for (let count = 2; parts.has(key); count++) key = `${wanted} #${count}`;
  return key;
}

/** Whether a declaration holds scenarios as its text. */
export function isSpecification(kind: string): boolean {
  return kind === "Specification" || kind === "Specifications";
}

function scenariosOf(file: ProcedureFile): ReadonlyMap<string, DeclaredScenario> {
  const scenarios = new Map<string, DeclaredScenario>();
  for (const { model, site } of file.types.sites()) {
    if (!site.text || !isSpecification(site.kind)) continue;
    const start = model.offset + site.text.content.start;
    const text = file.text.slice(start, model.offset + site.text.content.end);
    for (const section of scenariosIn(specificationSections(text, start))) {
      const steps = file.text.slice(section.range.start, section.range.end).split("\n").slice(1);
      scenarios.set(unusedKey(scenarios, section.name), {
        line: file.lines.positionAt(section.range.start).line + 1,
        steps: steps.map((step) => step.trim()).filter((step) => step !== "" && !step.startsWith("#")),
      });
    }
  }
  return scenarios;
}

function scenariosIn(sections: readonly SpecificationSection[]): SpecificationSection[] {
  return sections.flatMap((section) => (section.isScenario ? [section] : scenariosIn(section.children)));
}

function statementsOf(file: ProcedureFile): ReadonlyMap<string, number> {
  const plain = file.models.filter(({ sites, top }) => sites.length === 0 && top.node.kind !== "EndOfFile");
  return new Map(
    plain.map((model) => [codeOf(file, model, model.top.node), lineOf(file, model, model.top.node)]),
  );
}

/** The tokens of a span, without white space and comments. */
function codeOf(file: ProcedureFile, model: StatementModel, { start, end }: Span): string {
  const { tokens } = file.tree;
  const words: string[] = [];
  const last = model.offset + end;
  for (let index = tokenIndexAt(tokens, model.offset + start); index < tokens.count; index++) {
    if (tokenEnd(tokens, index) > last) break;
    if (!isTrivia(tokens.kinds[index] ?? 0)) words.push(tokenText(tokens, index));
  }
  return words.join(" ");
}

function lineOf(file: ProcedureFile, model: StatementModel, { start }: Span): number {
  return file.lines.positionAt(model.offset + start).line + 1;
}

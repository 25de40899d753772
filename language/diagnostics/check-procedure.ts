import { diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import type { Diagnostic, RelatedPlace } from "#language/diagnostics/diagnostic.ts";
import type { Finding, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { procedureRules } from "#language/diagnostics/rules.ts";
import { withoutSuppressed } from "#language/diagnostics/suppressed-findings.ts";
import type { ProjectView } from "#language/project/project-view.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Place } from "#language/semantics/types.ts";
import type { Node, Span } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** Findings of statements that nothing has touched since they were checked. */
const findingsOf = new WeakMap<StatementModel, readonly Finding[]>();

/** A finding and the statement that its spans are relative to. */
interface PlacedFinding {
  readonly model: StatementModel;
  readonly finding: Finding;
}

/**
 * Everything that is wrong in a `.tac` file, in text order. `describe` names a file as the caller knows it. Only what
 * changed since the last time is looked at again.
 */
export function checkProcedure(
  file: ProcedureFile,
  project: ProjectView,
  describe: (uri: string) => string,
): readonly Diagnostic[] {
  const placed: PlacedFinding[] = [];
  for (const model of file.models)
    for (const finding of statementFindings(file, model, project)) placed.push({ model, finding });
  const report = (model: StatementModel, finding: Finding): void => {
    placed.push({ model, finding });
  };
  for (const rule of procedureRules) rule.file?.({ file, types: file.types, project, report });
  const shown = new Presentation(file, describe);
  const syntax = file.tree.problems.map((problem) => shown.syntaxProblem(problem));
  const all = [...syntax, ...placed.map((each) => shown.diagnostic(each))];
  return withoutSuppressed(file, all, describe(file.uri)).sort(byPlace);
}

/** What the rules find in one statement. */
function statementFindings(
  file: ProcedureFile,
  model: StatementModel,
  project: ProjectView,
): readonly Finding[] {
  const known = findingsOf.get(model);
  if (known && !known.some(({ related }) => related?.some(({ place }) => !place.statement.isCurrent)))
    return known;
  const findings: Finding[] = model.top.problems.map((problem) => ({
    code: "syntax-error",
    span: problem,
    message: problem.message,
    ...(problem.related && {
      related: [
        { place: { statement: model, span: problem.related.span }, message: problem.related.message },
      ],
    }),
    ...(problem.insertion && { fixes: [insertionFix(problem.insertion)] }),
  }));
  new RuleWalk(file, model, project, (finding) => findings.push(finding)).run();
  findingsOf.set(model, findings);
  return findings;
}

function insertionFix({ at, text }: { at: number; text: string }): NonNullable<Finding["fixes"]>[number] {
  return {
    title: `Insert '${text.trim()}'`,
    edits: [{ start: at, end: at, text }],
    isPreferred: true,
  };
}

const statementRules = procedureRules.filter(({ statement }) => statement);
const visitorsByKind = groupVisitors(procedureRules);

type Visit = (node: Node, context: StatementContext) => void;

function groupVisitors(rules: readonly Rule[]): ReadonlyMap<string, readonly Visit[]> {
  const byKind = new Map<string, Visit[]>();
  for (const { visit } of rules)
    for (const [kind, visitor] of Object.entries(visit ?? {}))
      byKind.set(kind, [...(byKind.get(kind) ?? []), visitor as Visit]);
  return byKind;
}

/** Shows the nodes of a statement to every rule that asks for their kind, in one walk. */
class RuleWalk {
  readonly #context: StatementContext;
  readonly #parents: Node[] = [];

  constructor(
    file: ProcedureFile,
    model: StatementModel,
    project: ProjectView,
    report: (finding: Finding) => void,
  ) {
    this.#context = { file, model, types: file.types, project, parents: this.#parents, report };
  }

  run(): void {
    for (const { statement } of statementRules) statement?.(this.#context);
    this.#walk(this.#context.model.top.node);
  }

  #walk(node: Node): void {
    for (const visit of visitorsByKind.get(node.kind) ?? []) visit(node, this.#context);
    this.#parents.push(node);
    for (const child of childrenOf(node)) this.#walk(child);
    this.#parents.pop();
  }
}

/** Turns findings into diagnostics: places in the text, the severity of the catalogue. */
class Presentation {
  readonly #file: ProcedureFile;
  readonly #describe: (uri: string) => string;

  constructor(file: ProcedureFile, describe: (uri: string) => string) {
    this.#file = file;
    this.#describe = describe;
  }

  diagnostic({ model, finding }: PlacedFinding): Diagnostic {
    const { code, span, message, severity, fixes, related, tags } = finding;
    const at = (relative: Span) => this.#range(relative, model.offset);
    const places = related?.flatMap(({ place, message: text }) => this.#related(place, text));
    return {
      file: this.#describe(this.#file.uri),
      range: at(span),
      severity: severity ?? diagnosticCatalogue[code].severity,
      code,
      source: "tactus",
      message,
      ...(places && places.length > 0 && { related: places }),
      ...(fixes && {
        fixes: fixes.map((fix) => ({
          ...fix,
          edits: fix.edits.map((edit) => ({ range: at(edit), text: edit.text })),
        })),
      }),
      ...(tags && { tags }),
    };
  }

  syntaxProblem(problem: Span & { readonly message: string }): Diagnostic {
    return {
      file: this.#describe(this.#file.uri),
      range: this.#range(problem, 0),
      severity: "error",
      code: "syntax-error",
      source: "tactus",
      message: problem.message,
    };
  }

  /** Only places of the same file: the text of another one may not be at hand. */
  #related({ statement, span }: Place, message: string): RelatedPlace[] {
    if (statement.uri !== this.#file.uri || !statement.isCurrent) return [];
    return [{ file: this.#describe(statement.uri), range: this.#range(span, statement.offset), message }];
  }

  #range(span: Span, base: number): Diagnostic["range"] {
    const { lines } = this.#file;
    return { start: lines.positionAt(base + span.start), end: lines.positionAt(base + span.end) };
  }
}

function byPlace(first: Diagnostic, second: Diagnostic): number {
  const { start: one } = first.range;
  const { start: other } = second.range;
  return one.line - other.line || one.character - other.character;
}

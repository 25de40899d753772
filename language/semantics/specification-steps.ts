import type { GherkinDocument, GherkinStep } from "#language/embedded/gherkin/gherkin-document.ts";
import { stepsOf } from "#language/embedded/gherkin/gherkin-document.ts";
import { matchPlacedStep } from "#language/embedded/gherkin/match-outline-step.ts";
import type { StepMatch } from "#language/embedded/gherkin/match-steps.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { perVersion } from "#language/semantics/per-version.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { parsedSpecification } from "#language/semantics/specification-parser.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { TopStatement } from "#language/syntax/tree.ts";

/** A step that a file declares with `Step(…)`. */
export interface OwnStep {
  readonly pattern: string;
  readonly model: StatementModel;
  readonly site: DeclarationSite;
}

/** A specification in a statement, parsed. */
export interface SpecificationText {
  readonly site: DeclarationSite;
  /** Its spans count from `base`, which is relative to the statement. */
  readonly document: GherkinDocument;
  readonly base: number;
}

/** A step of a specification, and what it means; undefined when nothing defines it. */
export interface SpecificationStep {
  readonly step: GherkinStep;
  readonly match: StepMatch<OwnStep> | undefined;
  /** Where the specification begins in the statement. */
  readonly base: number;
}

/** Whether a declaration holds Gherkin that can be read where it stands. */
export function isSpecification({ kind, text }: DeclarationSite): boolean {
  return (kind === "Specification" || kind === "Specifications") && text !== undefined;
}

/** Whether a file has a specification, so that the parser is worth loading. */
export function hasSpecification(file: ProcedureFile): boolean {
  return file.types.sites().some(({ site }) => isSpecification(site));
}

/** The steps that a file declares itself. */
export const ownSteps: (file: ProcedureFile) => readonly OwnStep[] = perVersion((file) =>
  file.models.flatMap((model) =>
    model.sites.flatMap((site) =>
      site.kind === "Step" && site.text ? [{ pattern: site.text.value, model, site }] : [],
    ),
  ),
);

const textsOf = new WeakMap<TopStatement, readonly SpecificationText[]>();

/** The specifications of a statement; kept with it. None while the parser is not loaded. */
export function specificationTexts(file: ProcedureFile, model: StatementModel): readonly SpecificationText[] {
  if (model.sites.length === 0) return [];
  const known = textsOf.get(model.top);
  if (known) return known;
  const texts: SpecificationText[] = [];
  for (const site of model.sites) {
    if (!isSpecification(site) || !site.text) continue;
    const { start, end } = site.text.content;
    const document = parsedSpecification(file.text.slice(model.offset + start, model.offset + end));
    if (!document) return [];
    texts.push({ site, document, base: start });
  }
  textsOf.set(model.top, texts);
  return texts;
}

interface MatchedSteps {
  readonly steps: readonly SpecificationStep[];
  /** The declared steps that they were matched with. */
  readonly own: readonly OwnStep[];
}

const stepsIn = new WeakMap<StatementModel, MatchedSteps>();

/** The steps of the specifications of a statement, with what each means. */
export function specificationSteps(file: ProcedureFile, model: StatementModel): readonly SpecificationStep[] {
  const texts = specificationTexts(file, model);
  if (texts.length === 0) return [];
  const own = ownSteps(file);
  const known = stepsIn.get(model);
  if (known && isSame(known.own, own)) return known.steps;
  const steps = texts.flatMap(({ document, base }) =>
    stepsOf(document).map((placed) => ({ step: placed.step, match: matchPlacedStep(placed, own), base })),
  );
  stepsIn.set(model, { steps, own });
  return steps;
}

function isSame(first: readonly OwnStep[], second: readonly OwnStep[]): boolean {
  return (
    first.length === second.length &&
    first.every(({ site, model }, index) => site === second[index]?.site && model === second[index]?.model)
  );
}

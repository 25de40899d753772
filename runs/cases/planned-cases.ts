import type { Refusal } from "#broker/services.ts";
import type { Result } from "#common/result.ts";
import type { DeclaredCases, Evaluator, NextCase } from "#protocol/wire/cases.ts";

/** A case as a sandbox gets it. */
export type Case = NonNullable<NextCase["next"]>;

/** The cases of a file, before their numbers are known. */
export interface PlannedFile<Planned> {
  readonly cases: readonly PlannedCase<Planned>[];
  readonly evaluators: readonly Evaluator[];
}

interface PlannedCase<Planned> {
  readonly planned: Planned;
  /** It is listed and not run. */
  readonly isSkipped?: boolean;
  toCase(number: number): Case;
}

/** Makes cases of what a file declares; a refusal says what is wrong with it, with its place. */
export type PlanCases<Planned> = (
  declared: DeclaredCases,
) => Promise<Result<PlannedFile<Planned>, Refusal & { readonly line?: number }>>;

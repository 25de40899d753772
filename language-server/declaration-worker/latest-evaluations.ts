import type {
  EvaluatedDeclarations,
  EvaluationRequest,
  ModuleSource,
} from "#language/declarations/evaluated-declarations.ts";

/** Slots whose latest evaluation is kept. */
const mostSlots = 16;

/** The latest evaluation of each slot: the same sources are not evaluated again. */
export class LatestEvaluations {
  readonly #kept = new Map<
    string,
    { readonly request: EvaluationRequest; readonly evaluated: EvaluatedDeclarations }
  >();

  find(request: EvaluationRequest): EvaluatedDeclarations | undefined {
    const kept = request.slot === undefined ? undefined : this.#kept.get(request.slot);
    return kept && isSame(kept.request, request) ? kept.evaluated : undefined;
  }

  /** A worker that failed says nothing about the file; one that ran out of time may be luckier. */
  add(request: EvaluationRequest, evaluated: EvaluatedDeclarations): void {
    const { slot } = request;
    if (slot === undefined) return;
    this.#kept.delete(slot);
    if (["unavailable", "deadline"].includes(evaluated.problem?.reason ?? "")) return;
    this.#kept.set(slot, { request, evaluated });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostSlots && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function isSame(left: EvaluationRequest, right: EvaluationRequest): boolean {
  return left.uri === right.uri && left.text === right.text && haveSame(left.modules, right.modules);
}

function haveSame(
  left: EvaluationRequest["modules"] = {},
  right: EvaluationRequest["modules"] = {},
): boolean {
  const names = Object.keys(left);
  const isEqual = (one: ModuleSource | undefined, other: ModuleSource | undefined): boolean =>
    one?.uri === other?.uri && one?.text === other?.text;
  return (
    names.length === Object.keys(right).length && names.every((name) => isEqual(left[name], right[name]))
  );
}

/** Everything that is measured, in the order of the report. Milliseconds unless the name says otherwise. */
export const figures = [
  "initialize",
  "first diagnostics",
  "all errors of the workspace",
  "edit, error appears",
  "edit, error gone",
  "completion, just typed",
  "completion, asked again",
  "completion, at rest",
  "hover",
  "definition",
  "references",
  "document symbols",
  "semantic tokens",
  "semantic tokens after an edit, bytes",
  "folding",
  "workspace symbols",
  "member of another file",
  "memory at the end, MB",
  "memory at most, MB",
  "processor seconds",
] as const;

export type Figure = (typeof figures)[number];

/** A number, or the word for what went wrong: `timeout`, `missed` (answered, but without what it should hold). */
export type Sample = number | string;

/** What one or several sessions with a server gave. */
export class Samples {
  readonly #all = new Map<Figure, Sample[]>();

  add(figure: Figure, ...values: readonly Sample[]): void {
    this.#all.set(figure, [...(this.#all.get(figure) ?? []), ...values]);
  }

  addAll(other: Samples): void {
    for (const [figure, values] of other.#all) this.add(figure, ...values);
  }

  get(figure: Figure): readonly Sample[] {
    return this.#all.get(figure) ?? [];
  }

  toJSON(): Record<string, readonly Sample[]> {
    return Object.fromEntries(this.#all);
  }
}

/** The middle and the slow end of the samples that are numbers; undefined without one. */
export interface Summary {
  readonly median: number;
  readonly p95: number;
  readonly count: number;
  /** Words of the samples that are no numbers. */
  readonly failed: readonly string[];
}

export function summarise(samples: readonly Sample[]): Summary | undefined {
  const sorted = samples.filter((sample) => typeof sample === "number").sort((left, right) => left - right);
  const failed = samples.filter((sample) => typeof sample === "string");
  const at = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  if (sorted.length === 0 && failed.length === 0) return undefined;
  return { median: at(0.5), p95: at(0.95), count: sorted.length, failed };
}

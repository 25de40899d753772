import type { Figure, Summary } from "./samples.ts";

/** What is demanded of a figure, and where. */
export interface Target {
  readonly scenario: string;
  readonly figure: Figure;
  readonly of: keyof Pick<Summary, "median" | "p95">;
  /** In the figure's own unit, on the machine that the demand was made on. */
  readonly atMost?: number;
  /** Ours ÷ Emmy's in the same run: the same demand, independent of the machine. */
  readonly ratio?: number;
}

/** Demands on the server; ratios are the demanded figures over those that Emmy had when they were made. */
export const targets: readonly Target[] = [
  { scenario: "1k", figure: "initialize", of: "median", atMost: 150 },
  { scenario: "1k", figure: "first diagnostics", of: "median", atMost: 300, ratio: 300 / 117 },
  { scenario: "1k", figure: "edit, error appears", of: "p95", atMost: 30, ratio: 30 / 45 },
  { scenario: "1k", figure: "edit, error gone", of: "p95", atMost: 30, ratio: 30 / 46 },
  { scenario: "1k", figure: "completion, just typed", of: "p95", atMost: 15, ratio: 15 / 19 },
  { scenario: "1k", figure: "completion, at rest", of: "p95", atMost: 5 },
  { scenario: "10k", figure: "first diagnostics", of: "median", ratio: 1 },
  { scenario: "10k", figure: "edit, error appears", of: "p95", atMost: 100, ratio: 100 / 898 },
  { scenario: "10k", figure: "edit, error gone", of: "p95", atMost: 100, ratio: 100 / 876 },
  { scenario: "10k", figure: "completion, just typed", of: "p95", atMost: 80, ratio: 80 / 384 },
  { scenario: "10k", figure: "completion, at rest", of: "p95", atMost: 5 },
  { scenario: "10k", figure: "semantic tokens after an edit, bytes", of: "median", atMost: 200 },
  { scenario: "50k", figure: "edit, error appears", of: "p95", atMost: 500 },
  { scenario: "50k", figure: "edit, error gone", of: "p95", atMost: 500 },
  {
    scenario: "500 files",
    figure: "all errors of the workspace",
    of: "median",
    atMost: 2500,
    ratio: 2.5 / 2.9,
  },
  { scenario: "500 files", figure: "memory at most, MB", of: "median", atMost: 200 },
  { scenario: "500 files", figure: "member of another file", of: "p95", atMost: 20 },
];

import type { Scene } from "./world/scene.ts";

/** One thing that goes wrong around a run, made to happen with real parts. */
export interface Fault {
  readonly id: string;
  /** What goes wrong. */
  readonly title: string;
  /** Whether it needs the suite's own engine. */
  readonly engine: boolean;
  /** Where everything must end up: statuses, codes and exit codes, in the order in which they are met. */
  readonly reached: readonly string[];
  /** Takes so long that only `npm run faults` makes it happen. */
  readonly slow?: true;
  /** Why it can not be made to happen here; such a fault is shown as skipped. */
  readonly missing?: string | undefined;
  /** Makes it happen; gives the states that were reached. What got lost is told to the scene. */
  meet(scene: Scene): Promise<readonly string[]>;
}

/** What came of a fault; the table of `npm run faults` is made of these. */
export interface FaultReport {
  readonly fault: string;
  readonly reached: string;
  readonly lost: readonly string[];
  readonly leaked: readonly string[];
}

declare module "vitest" {
  interface TaskMeta {
    fault?: FaultReport;
  }
}

import type { RunEventOf } from "#protocol/events/events.ts";

/** What a sandbox reported of a case, or what became of one that it never reported. */
export type CaseReport = Omit<RunEventOf<"case.finished">, "seq" | "time" | "type">;

/** A case and how it went; undefined while it has not run. */
export interface CaseResult<Planned> {
  readonly planned: Planned;
  readonly report: CaseReport | undefined;
}

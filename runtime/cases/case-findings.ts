import type { RunEventBody } from "#protocol/events/events.ts";

/** What a case found out, beside what every case reports. */
export type CaseFindings = Pick<
  Extract<RunEventBody, { type: "case.finished" }>,
  "status" | "steps" | "checks" | "output" | "error"
>;

import { randomBytes } from "node:crypto";

const pattern = /^\d{8}-\d{6}-[0-9a-f]{6}$/;

/** A new run's id: UTC date and time, so that ids sort by age, and six random hex digits: `20261123-214500-ab12cd`. */
export function newRunId(now: Date = new Date()): string {
  const digits = now.toISOString().replaceAll(/[-:T]/g, "");
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${randomBytes(3).toString("hex")}`;
}

/** True for a run id. Ids become folder names, so nothing else may pass. */
export function isRunId(text: string): boolean {
  return pattern.test(text);
}

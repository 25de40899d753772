import { z } from "zod";
import { manifestCapability, manifestEntry } from "#protocol/reports/manifest-report.ts";

/** One thing that a run did, or tried to do. */
const triedCapability = z.strictObject({
  capability: manifestCapability,
  target: z.string(),
  /** `denied`: it was refused; `failed`: it was had, and went wrong each time. */
  outcome: z.enum(["done", "denied", "failed"]),
  count: z.int().positive(),
  /** Why it was refused or went wrong, the last time; foreign text. */
  reason: z.string().optional(),
  /** Where it happened first. */
  at: z.strictObject({ file: z.string(), line: z.int().positive() }).optional(),
  /** The entry of the manifest that lists it; absent: it lists nothing of the kind. */
  declared: manifestEntry.optional(),
});
export type TriedCapability = z.infer<typeof triedCapability>;

/** What a run tried, beside what its manifest lists. Stable: fields are added, never changed. */
export const triedReport = z.strictObject({
  tried: z.array(triedCapability),
  /** What the manifest lists and the run did not come to. */
  untried: z.array(manifestEntry),
});
export type TriedReport = z.infer<typeof triedReport>;

import { z } from "zod";
import { checkReport } from "#protocol/reports/check-report.ts";
import { manifestEntry } from "#protocol/reports/manifest-report.ts";

/** How much a change matters to whoever has to trust it. */
const reviewRisk = z.enum(["none", "low", "high"]);
export type ReviewRisk = z.infer<typeof reviewRisk>;

/** What a changed file is to a run. */
const reviewedKind = z.enum([
  "procedure",
  /** Belongs to one procedure. */
  "sidecar",
  /** `.tactus/config.yml`. */
  "config",
  /** Python that a config of the repository loads as tools. */
  "plugin",
  /** What an MCP server of a config of the repository runs. */
  "mcp-server",
  /** Programs obey it, or start it, without anybody asking: workflows, editor settings, hooks, manifests of packages. */
  "obeyed",
  "other",
]);
export type ReviewedKind = z.infer<typeof reviewedKind>;

const place = z.strictObject({ file: z.string(), line: z.int().positive() });

/** One thing that a change means, in words. */
const meaning = z.strictObject({
  topic: z.enum([
    "trust",
    "tools",
    "model",
    "prompt",
    "limits",
    "specifications",
    "schema",
    "people",
    "modules",
    "files",
    "network",
    "environment",
    "commands",
    "code",
    "diagnostics",
    /** Of the tree itself: names that deceive, links, submodules, what could not be read. */
    "tree",
  ]),
  risk: reviewRisk,
  /** A sentence without its subject, as in "adds a writable mount of `~/data`"; foreign text. */
  message: z.string(),
  /** The agent, tool or procedure that it is about; foreign text. */
  subject: z.string().optional(),
  /** Where it stands in base and in head. */
  base: place.optional(),
  head: place.optional(),
});
export type Meaning = z.infer<typeof meaning>;

const reviewedFile = z.strictObject({
  /** Relative to the root of the repository. */
  file: z.string(),
  status: z.enum(["added", "modified", "deleted", "renamed"]),
  /** What it was called in base. */
  from: z.string().optional(),
  kind: reviewedKind,
  /** It takes part in what a run, an editor or a CI service trusts: everything but procedures and what is `other`. */
  trusted: z.boolean(),
  /** Entries of the manifest of a procedure, by what changed. */
  added: z.array(manifestEntry),
  removed: z.array(manifestEntry),
  changed: z.array(z.strictObject({ before: manifestEntry, after: manifestEntry })),
  /** Findings of head that base has not. */
  diagnostics: checkReport.shape.diagnostics,
  /** The highest risk first. */
  meanings: z.array(meaning),
});
export type ReviewedFile = z.infer<typeof reviewedFile>;

/** What `review --json` prints. Stable: fields are added, never changed. */
export const reviewReport = z.strictObject({
  /** Commit that the change starts from (of two branches, where they part). */
  base: z.string(),
  /** Commit that it ends with, or `patch`. */
  head: z.string(),
  files: z.array(reviewedFile),
  risk: reviewRisk,
  /** Why, in sentences, the highest risk first; foreign text. */
  reasons: z.array(z.string()),
});
export type ReviewReport = z.infer<typeof reviewReport>;

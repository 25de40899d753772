import type { RunEvent } from "#protocol/events/events.ts";
import type { ReviewReport } from "#protocol/reports/review-report.ts";

/**
 * What the page of a report is given (`web/`). The host writes it (`report/`), and both are of one version of the
 * product, so there are types only. Every text in it but the names of fields is foreign.
 */
export type PageData = RunPage | ReviewPage | LivePage;

/** A run, as its journal tells it. */
export interface RunPage extends WithFiles {
  readonly kind: "run";
  readonly run: string;
  readonly events: readonly RunEvent[];
  /** How many of the last events found no room. */
  readonly eventsLeftOut: number;
  /** The journal has no end, and nobody writes it any more. */
  readonly interrupted: boolean;
}

/** A change, as its review tells it. */
export interface ReviewPage extends WithFiles {
  readonly kind: "review";
  readonly report: ReviewReport;
}

/** The page asks the server that it came from; the token is behind the `#` of its address. */
interface LivePage {
  readonly kind: "live";
}

interface WithFiles {
  /** When the page was written, ISO 8601. */
  readonly written: string;
  /** What the two sides of its files are called. */
  readonly sides: { readonly before: string; readonly after: string };
  readonly files: readonly PageFile[];
}

/** A file with two sides. */
export interface PageFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly status: "unchanged" | "added" | "modified" | "deleted" | "renamed";
  /** What it was called before. */
  readonly from?: string;
  /** Absent: there is no such file, or `leftOut` says why it is not here. */
  readonly before?: string;
  /** Of an unchanged file, the text of both sides. */
  readonly after?: string;
  /** Why its texts are not here, as a sentence. */
  readonly leftOut?: string;
}

/** Where the live page gets the run as it stands (`RunPage`), and what follows: an event a line. Both want the token. */
export const liveRunPath = "/run";
export const liveEventsPath = "/events";

/** Place for the packed data in the page that the build makes; a page that is served live may ask its own server. */
export const dataPlace = "{{data}}";
export const connectPlace = "{{connect}}";

/** Stands at the beginning of each page, and tells it from files of others. */
export const reportMark = '<meta name="generator" content="Tactus Studio">';

import type { SourceLine } from "#common/text-position.ts";

/** Shows a line of a source; the line counts from 1. `side` says of which side, when it is not the later one. */
export type ShowPlace = (place: SourceLine, side?: "before" | "after") => void;

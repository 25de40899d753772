import type { Span } from "#language/syntax/tree.ts";

/** Nothing at the start of a file, for findings about the file as a whole. */
export const fileStart: Span = { start: 0, end: 0 };

/** Characters of a value's preview; the rest is cut, and `clipboard` gives more. */
export const previewCharacters = 400;

/** Characters of a value that is asked for whole. */
export const clipboardCharacters: number = 256 * 1024;

/** Characters of a name, and of an expression that names a value; a longer expression is left out. */
export const nameCharacters = 200;

/** Characters of a text for people, and of a value that comes with a stop. */
export const noticeCharacters: number = 256 * 1024;

/** Variables, frames or threads that one answer holds; the rest is asked for by page. */
export const pageEntries = 1000;

/** Breakpoints of one kind (of one file, for lines). */
export const maximumBreakpoints = 1000;

/** Characters of an expression, a condition or a text with expressions. */
export const expressionCharacters = 10_000;

/** Seconds that a run may stand in the debugger, all stops together; they do not count as time of the run. */
export const longestStopSeconds: number = 8 * 3600;

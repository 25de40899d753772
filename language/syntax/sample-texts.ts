declare global {
  interface ImportMeta {
    /** The files of some patterns, read by the test runner when it loads the module. */
    glob<Content>(
      patterns: readonly string[],
      options: { readonly query: string; readonly import: string; readonly eager: true },
    ): Record<string, Content>;
  }
}

/** The text of every procedure of the repository, by its path. For tests: no other program can load this module. */
export const sampleTexts = import.meta.glob<string>(["../../examples/**/*.tac", "../../test/**/*.tac"], {
  query: "?raw",
  import: "default",
  eager: true,
});

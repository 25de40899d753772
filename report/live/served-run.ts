/** A run that is served, and out of what. */
export interface ServedRun {
  readonly workspaceRoot: string;
  readonly run: string;
  /** The page that the build made. */
  readonly template: string;
}

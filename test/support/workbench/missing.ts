import type { Result } from "#common/result.ts";
import type { Missing } from "./install.ts";
import { type WorkbenchParts, workbenchParts } from "./workbench.ts";

/** Looked at once for all files of the suite: an install takes half a minute. */
export const parts: Result<WorkbenchParts, Missing> = await workbenchParts();

/** The reason why the editor suite can't run here, in the words that `npm test` lists at its end; else undefined. */
export const skipped: string | undefined = parts.ok
  ? undefined
  : `SKIPPED editor suite: ${parts.error.what} is missing: ${parts.error.why}`;

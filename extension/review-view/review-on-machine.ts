import type { RunRequest } from "#runs/session/session.ts";
import type { DescribeProcedures } from "../running/run-session.ts";
import type { ListedRun } from "../runs-view/run-collection.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import type { ReviewSurroundings } from "./register-review.ts";
import { TrialRuns } from "./trial-runs.ts";

/** What trial runs need of the editor. */
export interface MachineParts {
  readonly documents: TextDocuments;
  readonly describe: DescribeProcedures;
  readonly start: (request: RunRequest) => Promise<ListedRun | undefined>;
}

/** Reviews on a machine: out of git's objects, and run in its sandbox. The code is loaded when it is needed. */
export function machineReviews(parts: MachineParts): ReviewSurroundings {
  return {
    review: async (source, signal) => {
      const { reviewChange } = await import("#review/review-change.ts");
      return reviewChange(source, { signal });
    },
    rootOf: async (folder) => {
      const { findRepository } = await import("#review/git/find-repository.ts");
      const found = await findRepository(folder);
      return found.ok ? found.value.root : folder;
    },
    choose: async (folder) => (await import("./choose-change.ts")).chooseChange(folder),
    trials: (desk) => new TrialRuns({ ...parts, desk }),
  };
}

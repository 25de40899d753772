import * as vscode from "vscode";
import { chooseOne } from "../screen/quick-inputs.ts";
import { choosePatchFile, openPatch } from "./choose-patch.ts";
import type { ReviewSurroundings } from "./register-review.ts";

/**
 * Reviews in a browser: there is no git, so a change is a patch on the files of the folder, wherever they are. `tell` says
 * why nothing can be run.
 */
export function browserReviews(tell: () => Promise<void>): ReviewSurroundings {
  return {
    review: async (source, signal) => {
      if (source.kind === "patch") {
        const [{ reviewPatch }, { workspaceTree }] = await Promise.all([
          import("#review/review-patch.ts"),
          import("./workspace-tree.ts"),
        ]);
        return reviewPatch(workspaceTree(vscode.Uri.parse(source.repository)), source.patch, { signal });
      }
      return { ok: false, error: { code: "git-missing", message: "There is no git in a browser." } };
    },
    rootOf: async (folder) => folder,
    choose: async (folder) => {
      const open = openPatch();
      const rows = [
        ...(open ? [{ label: "This patch", description: open.title, value: "open" }] : []),
        { label: "Patch file…", description: "applied in memory", value: "file" },
      ];
      const way = await chooseOne("Which change?", rows);
      const patch = way === "open" ? open : way === "file" ? await choosePatchFile() : undefined;
      if (!patch) return undefined;
      const { title, text } = patch;
      return {
        title,
        sources: [{ kind: "patch", repository: folder.toString(), base: "HEAD", patch: text }],
      };
    },
    trials: () => ({ runHead: tell, runHeadWithModels: tell, runBoth: tell, compare: tell }),
  };
}

import * as vscode from "vscode";
import { errorText } from "#common/error-text.ts";
import { fail, ok } from "#common/result.ts";
import type { RunNode } from "#runs/tree/run-node.ts";
import type { OpenReview } from "../review-view/open-review.ts";
import { pickRun } from "../runs-view/pick-run.ts";
import type { ListedRun, RunCollection } from "../runs-view/run-collection.ts";
import { notice } from "../screen/notices.ts";
import { exportPage, type PageExport } from "./export-page.ts";

export interface ReportParts {
  readonly runs: RunCollection;
  readonly desk: { readonly open: OpenReview | undefined };
  readonly extensionFolder: string;
}

/** Registers the exports. They read, and write one file where the person says: they need no trust. */
export function registerReports({ runs, desk, extensionFolder }: ReportParts): vscode.Disposable {
  // Menus pass the row, and a second argument of their own; a folder comes from a keybinding or another extension.
  const into = (folder: unknown): Pick<PageExport, "extensionFolder" | "folder"> => ({
    extensionFolder,
    folder: folder instanceof vscode.Uri ? folder : undefined,
  });
  return vscode.Disposable.from(
    vscode.commands.registerCommand("tactus.exportRun", async (node?: RunNode, folder?: unknown) => {
      const run = (node && runs.runOf(node)) ?? (await pickRun(runs.runs));
      if (run) await exportPage({ ...into(folder), ...runExport(run) });
    }),
    vscode.commands.registerCommand("tactus.exportReview", async (_?: unknown, folder?: unknown) => {
      if (desk.open) await exportPage({ ...into(folder), ...reviewExport(desk.open) });
      else void notice.information("No change is under review.");
    }),
  );
}

function runExport({ workspaceRoot, tree }: ListedRun): Pick<PageExport, "name" | "read"> {
  return {
    name: `run-${tree.root.id}`,
    read: async () => {
      const { readRunPage } = await import("#report/run-page.ts");
      try {
        return ok(await readRunPage(workspaceRoot, tree.root.id));
      } catch (error) {
        return fail(`The journal of the run can't be read: ${errorText(error)}`);
      }
    },
  };
}

function reviewExport({ review }: OpenReview): Pick<PageExport, "name" | "read"> {
  return {
    name: `review-${review.report.head.slice(0, 12)}`,
    read: async () => {
      const { readReviewPage } = await import("#report/review-page.ts");
      const page = await readReviewPage(review);
      return page.ok ? page : fail(page.error.message);
    },
  };
}

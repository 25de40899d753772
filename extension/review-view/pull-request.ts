import * as vscode from "vscode";
import { describedPullRequest, type PullRequest } from "./described-pull-request.ts";

/** As much as we use of what the extension GitHub Pull Requests offers to other extensions. */
interface PullRequestsApi {
  getRepositoryDescription(uri: vscode.Uri): Promise<unknown>;
}

const extensionId = "GitHub.vscode-pull-request-github";

/** The pull request of a folder; undefined when there is none, or the extension that knows is not there. */
export async function currentPullRequest(folder: vscode.Uri): Promise<PullRequest | undefined> {
  const extension = vscode.extensions.getExtension<unknown>(extensionId);
  // It starts by itself where it has something to tell.
  if (!extension?.isActive || !isApi(extension.exports)) return undefined;
  return describedPullRequest(await extension.exports.getRepositoryDescription(folder));
}

function isApi(exported: unknown): exported is PullRequestsApi {
  return (
    typeof exported === "object" &&
    exported !== null &&
    "getRepositoryDescription" in exported &&
    typeof exported.getRepositoryDescription === "function"
  );
}

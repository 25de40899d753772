/** The pull request whose branch is checked out. */
export interface PullRequest {
  readonly number: number;
  /** Foreign text. */
  readonly title: string;
  /** What it may be compared with, the likeliest first. */
  readonly bases: readonly string[];
}

/** As much as we use of what the extension GitHub Pull Requests answers. */
interface RepositoryDescription {
  readonly defaultBranch: string;
  readonly pullRequest?: { readonly title: string; readonly number: number };
}

/** Reads what the extension answers, which may be of any version. */
export function describedPullRequest(described: unknown): PullRequest | undefined {
  if (!isDescription(described) || !described.pullRequest) return undefined;
  const { defaultBranch, pullRequest } = described;
  const bases = [`upstream/${defaultBranch}`, `origin/${defaultBranch}`, defaultBranch];
  return { number: pullRequest.number, title: pullRequest.title, bases };
}

function isDescription(value: unknown): value is RepositoryDescription {
  if (!isRecord(value) || typeof value["defaultBranch"] !== "string") return false;
  const { pullRequest } = value;
  if (pullRequest === undefined) return true;
  return (
    isRecord(pullRequest) &&
    typeof pullRequest["title"] === "string" &&
    Number.isInteger(pullRequest["number"])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

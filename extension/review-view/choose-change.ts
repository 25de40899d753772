import type * as vscode from "vscode";
import { findRepository } from "#review/git/find-repository.ts";
import { branchesOf } from "#review/git/references.ts";
import { askText, chooseOne } from "../screen/quick-inputs.ts";
import { type ChosenPatch, choosePatchFile, openPatch } from "./choose-patch.ts";
import type { PullRequest } from "./described-pull-request.ts";
import { parsedRange } from "./parsed-range.ts";
import { currentPullRequest } from "./pull-request.ts";
import type { ChosenChange } from "./review-desk.ts";

type Way = "pull request" | "branch" | "range" | "open patch" | "patch";

/** Asks which change of a folder's repository is to be reviewed. Undefined when nothing was chosen. */
export async function chooseChange(folder: vscode.Uri): Promise<ChosenChange | undefined> {
  const repository = folder.fsPath;
  const pullRequest = await currentPullRequest(folder);
  const patch = openPatch();
  switch (await chooseOne<Way>("Which change?", [...waysFor(pullRequest, patch)])) {
    case "pull request":
      return pullRequest && pullRequestChange(repository, pullRequest);
    case "branch":
      return branchChange(repository);
    case "range":
      return rangeChange(repository);
    case "open patch":
      return patchChange(repository, patch);
    case "patch":
      return patchChange(repository, await choosePatchFile());
    default:
      return undefined;
  }
}

function* waysFor(pullRequest: PullRequest | undefined, patch: ChosenPatch | undefined) {
  if (pullRequest) {
    const { number, title } = pullRequest;
    yield { label: `Pull request #${number}`, description: title, value: "pull request" as const };
  }
  if (patch) yield { label: "This patch", description: patch.title, value: "open patch" as const };
  yield { label: "Branch…", description: "compared with what is checked out", value: "branch" as const };
  yield { label: "Commit range…", description: "as in main..feature", value: "range" as const };
  yield { label: "Patch file…", description: "applied in memory", value: "patch" as const };
}

function pullRequestChange(repository: string, { number, bases }: PullRequest): ChosenChange {
  const sources = bases.map((base) => ({ kind: "commits" as const, repository, base, head: "HEAD" }));
  return { title: `#${number}`, sources };
}

async function branchChange(repository: string): Promise<ChosenChange | undefined> {
  const found = await findRepository(repository);
  const branches = found.ok ? await branchesOf(found.value) : [];
  const rows = branches.map((name) => ({ label: name, value: name }));
  const head = await chooseOne("Which branch?", rows);
  return head === undefined ? undefined : commitsChange(repository, { base: "HEAD", head });
}

async function rangeChange(repository: string): Promise<ChosenChange | undefined> {
  const text = await askText("Review Changes", {
    prompt: "Two commits, branches or tags, as in main..feature",
    validateInput: (typed) => (parsedRange(typed) ? undefined : "It must look like BASE..HEAD."),
  });
  const range = text === undefined ? undefined : parsedRange(text);
  return range && commitsChange(repository, range);
}

function commitsChange(repository: string, range: { base: string; head: string }): ChosenChange {
  const { base, head } = range;
  return { title: `${base}..${head}`, sources: [{ kind: "commits", repository, base, head }] };
}

function patchChange(repository: string, patch: ChosenPatch | undefined): ChosenChange | undefined {
  if (!patch) return undefined;
  const { title, text } = patch;
  return { title, sources: [{ kind: "patch", repository, base: "HEAD", patch: text }] };
}

import * as vscode from "vscode";
import { DisposableList } from "#common/disposal.ts";
import { reviewScheme } from "#protocol/editor/review-scheme.ts";
import type { At } from "#protocol/events/events.ts";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import { LineComments } from "../screen/line-comments.ts";
import type { LogChannel } from "../screen/log-channel.ts";
import { notice, passingNotice } from "../screen/notices.ts";
import { chooseOne } from "../screen/quick-inputs.ts";
import { RevisionFiles } from "../screen/revision-files.ts";
import { whileUnderWay } from "../screen/status-items.ts";
import { describeView, onTick, showTree } from "../screen/tree-rows.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import { type OpenReview, pathOn, type Side, sideName } from "./open-review.ts";
import { commentsText, type ReviewComment, ReviewComments } from "./review-comments.ts";
import { type ChosenChange, ReviewDesk, type ReviewDeskParts } from "./review-desk.ts";
import type { ReviewNode } from "./review-node.ts";
import { ReviewRowsProvider } from "./review-rows-provider.ts";
import type { TrialActions } from "./trial-actions.ts";
import { ViewedFiles } from "./viewed-files.ts";

/** What differs between an editor on a machine and one in a browser. */
export interface ReviewSurroundings extends Pick<ReviewDeskParts, "review" | "rootOf"> {
  /** Asks which change of a folder is meant. */
  readonly choose: (folder: vscode.Uri) => Promise<ChosenChange | undefined>;
  readonly trials: (desk: ReviewDesk) => TrialActions;
}

export interface ReviewViewParts extends ReviewSurroundings {
  readonly memory: vscode.Memento;
  readonly log: LogChannel;
}

/** The commands that are registered with the view. */
export const reviewCommands: ReadonlySet<string> = new Set([
  ...["tactus.reviewChanges", "tactus.closeReview", "tactus.openReviewed", "tactus.copyComments"],
  ...["tactus.addComment", "tactus.deleteComment", "tactus.compareTrials"],
  ...["tactus.runReviewed", "tactus.runReviewedWithModels", "tactus.runBothSides"],
]);

/** The review of a change in the editor. */
export interface ReviewView extends vscode.Disposable {
  readonly desk: ReviewDesk;
  readonly provider: ReviewRowsProvider;
  readonly viewed: ViewedFiles;
  readonly comments: ReviewComments;
  /** Reviews a change and shows it; false when it could not be read, which is told. */
  readonly open: (change: ChosenChange) => Promise<boolean>;
}

/** Creates the view, its documents and its commands. All of it but running works in a folder that is not trusted. */
export function registerReview(parts: ReviewViewParts): ReviewView {
  const life = new DisposableList();
  const files = life.add(new RevisionFiles());
  const viewed = new ViewedFiles(parts.memory);
  const provider = life.add(new ReviewRowsProvider(viewed));
  const view = life.add(showTree("tactus.review", provider, { manageCheckboxStateManually: true }));
  const comments = new ReviewComments(parts.memory);
  const desk: ReviewDesk = life.add(
    new ReviewDesk({
      review: parts.review,
      rootOf: parts.rootOf,
      files,
      viewed,
      changed: (open) => {
        provider.show(open);
        describeView(view, open?.title ?? "");
        beside.show(open ? shownComments(open, comments.of(open), files) : []);
        void vscode.commands.executeCommand("setContext", "tactus.reviewing", open !== undefined);
      },
    }),
  );
  const beside = life.add(lineComments(desk, comments));
  const trials = parts.trials(desk);
  const open = (change: ChosenChange): Promise<boolean> => openChange(desk, change, parts.log);
  life.add(
    onTick(view, (node, isTicked) => {
      if (node.kind === "file") void viewed.mark(node.file, isTicked).then(() => provider.show(desk.open));
    }),
  );
  life.add(commands({ desk, trials, comments, open, choose: parts.choose }));
  return { desk, provider, viewed, comments, open, dispose: () => void life.dispose() };
}

interface CommandParts {
  readonly desk: ReviewDesk;
  readonly trials: TrialActions;
  readonly comments: ReviewComments;
  readonly open: ReviewView["open"];
  readonly choose: ReviewSurroundings["choose"];
}

function commands({ desk, trials, comments, open, choose }: CommandParts): vscode.Disposable {
  const onProcedure = (act: (file: ReviewedFile) => Promise<void>) => async (target?: unknown) => {
    const file = reviewedFile(desk.open, target);
    if (file) await act(file);
    else void notice.information("Choose a procedure of the change that is under review.");
  };
  const trusted = (name: string, act: (file: ReviewedFile) => Promise<void>): vscode.Disposable =>
    registerTrustedCommand(name, onProcedure(act));
  return vscode.Disposable.from(
    vscode.commands.registerCommand("tactus.reviewChanges", async () => {
      const folder = await chooseFolder();
      const change = folder && (await choose(folder));
      if (change) await open(change);
    }),
    vscode.commands.registerCommand("tactus.closeReview", () => desk.close()),
    vscode.commands.registerCommand("tactus.openReviewed", (node?: ReviewNode) => node && show(desk, node)),
    vscode.commands.registerCommand("tactus.showTrialPlace", (revision: string, place: At) =>
      desk.showTrialPlace(revision, place),
    ),
    vscode.commands.registerCommand("tactus.copyComments", () => copyComments(desk, comments)),
    vscode.commands.registerCommand("tactus.compareTrials", async (node?: ReviewNode) => {
      const comparison = node?.kind === "trial" ? node.trial.comparison : undefined;
      if (comparison) await trials.compare(comparison.base.run, comparison.head.run);
    }),
    trusted("tactus.runReviewed", (file) => trials.runHead(file)),
    trusted("tactus.runReviewedWithModels", (file) => trials.runHeadWithModels(file)),
    trusted("tactus.runBothSides", (file) => trials.runBoth(file)),
  );
}

async function openChange(desk: ReviewDesk, change: ChosenChange, log: LogChannel): Promise<boolean> {
  const opened = await whileUnderWay({ words: `Reviewing ${change.title}` }, () => desk.take(change));
  if (!opened.ok) {
    const { code, message, remedy } = opened.error;
    log.warn(`${change.title} was not reviewed: ${code}`);
    if (code !== "cancelled") void notice.error([message, remedy].filter(Boolean).join(" "));
    return false;
  }
  await vscode.commands.executeCommand("tactus.review.focus");
  return true;
}

/** A row leads to its place in the comparison. */
async function show(desk: ReviewDesk, node: ReviewNode): Promise<void> {
  if (node.kind === "file") return desk.show(node.file);
  if (node.kind === "finding") return desk.show(node.file, node.finding.range.start.line + 1);
  if (node.kind === "meaning") {
    const { head, base } = node.meaning;
    const place = head ?? base;
    // What follows from another file is shown where it stands.
    if (head && head.file !== node.file.file) return desk.showPlace("head", head);
    return desk.show(node.file, place?.line, head || !base ? "head" : "base");
  }
  if (node.kind !== "tried") return undefined;
  const tried = node.trial.report.tried[node.index];
  const place = tried?.at ?? tried?.declared?.origin;
  if (place) await desk.showPlace(node.trial.side, place);
}

/** A row of the view, or a document of the change. */
function reviewedFile(open: OpenReview | undefined, target: unknown): ReviewedFile | undefined {
  if (!open) return undefined;
  if (isNode(target)) return target.kind === "file" ? target.file : undefined;
  const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  const place = uri && placeIn(open, uri);
  return open.review.report.files.find(
    (file) => place && file.kind === "procedure" && pathOn(file, place.side) === place.file,
  );
}

function isNode(target: unknown): target is ReviewNode {
  return typeof target === "object" && target !== null && "kind" in target;
}

/** What a document of the review that is open shows. */
function placeIn(
  open: OpenReview,
  uri: vscode.Uri,
): { readonly side: Side; readonly file: string } | undefined {
  if (uri.scheme !== reviewScheme) return undefined;
  const side = (["base", "head"] as const).find((one) => sideName(open, one) === uri.authority);
  return side && { side, file: uri.path.replace(/^\//, "") };
}

function lineComments(desk: ReviewDesk, comments: ReviewComments): LineComments {
  type Change = "add" | "remove";
  const act = (change: Change) => (comment: { uri: vscode.Uri; line: number; text: string }) => {
    const { open } = desk;
    const place = open && placeIn(open, comment.uri);
    if (place) void comments[change](open, { ...place, line: comment.line + 1, text: comment.text });
  };
  return new LineComments("tactus.review", "Review of a Change", {
    scheme: reviewScheme,
    added: act("add"),
    removed: act("remove"),
  });
}

function shownComments(open: OpenReview, comments: readonly ReviewComment[], files: RevisionFiles) {
  return comments.map(({ side, file, line, text }) => ({
    uri: files.uriOf(sideName(open, side), file),
    line: line - 1,
    text,
  }));
}

async function copyComments(desk: ReviewDesk, comments: ReviewComments): Promise<void> {
  const all = desk.open ? comments.of(desk.open) : [];
  if (all.length === 0) {
    void notice.information("There are no comments on this change yet.");
    return;
  }
  await vscode.env.clipboard.writeText(commentsText(all));
  passingNotice(all.length === 1 ? "Copied 1 comment" : `Copied ${all.length} comments`);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void notice.information("Open a folder of the repository whose change you want to review.");
    return undefined;
  }
  if (folders.length === 1) return folders[0]?.uri;
  return chooseOne(
    "Which folder?",
    folders.map(({ name, uri }) => ({ label: name, value: uri })),
  );
}

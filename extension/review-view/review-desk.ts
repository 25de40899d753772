import type * as vscode from "vscode";
import { fail, type Result } from "#common/result.ts";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import type { ChangeSource, Review } from "#review/review.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { RevisionFiles } from "../screen/revision-files.ts";
import { type OpenReview, pathOn, type Side, sideName } from "./open-review.ts";
import type { TrialOutcome } from "./trial-outcome.ts";
import type { ViewedFiles } from "./viewed-files.ts";

/** A change that the person chose; of several sources the first that the repository has is meant. */
export interface ChosenChange {
  readonly title: string;
  readonly sources: readonly ChangeSource[];
}

export interface ReviewDeskParts {
  readonly review: (source: ChangeSource, signal: AbortSignal) => Promise<Result<Review, ReviewProblem>>;
  /** Root of the repository that a folder lies in. */
  readonly rootOf: (folder: string) => Promise<string>;
  readonly files: RevisionFiles;
  readonly viewed: ViewedFiles;
  /** Called when another review is open, or none, or it has got something new. */
  readonly changed: (open: OpenReview | undefined) => void;
}

/** The one review that is open: its documents, its trial runs. Opening another one closes it. */
export class ReviewDesk implements vscode.Disposable {
  readonly #parts: ReviewDeskParts;
  #open: OpenReview | undefined;
  #count = 0;
  /** Ends a review that is still being made. */
  #reading: AbortController | undefined;

  constructor(parts: ReviewDeskParts) {
    this.#parts = parts;
  }

  get open(): OpenReview | undefined {
    return this.#open;
  }

  /** Opens the first of some changes that the repository has. Both sides stay readable until it is closed. */
  async take({ title, sources }: ChosenChange): Promise<Result<OpenReview, ReviewProblem>> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    let review: Result<Review, ReviewProblem> = fail(nothingChosen);
    for (const source of sources) {
      review = await this.#parts.review(source, reading.signal);
      if (review.ok || review.error.code !== "revision-unknown") break;
    }
    const [source] = sources;
    if (!review.ok || !source) return review.ok ? fail(nothingChosen) : review;
    // What is open lives until it is closed, not until the next one is begun.
    this.#reading = undefined;
    await this.#close();
    this.#count += 1;
    const root = await this.#parts.rootOf(source.repository);
    const open = { title, number: this.#count, review: review.value, root, trials: [] };
    const { files, viewed } = this.#parts;
    await viewed.take(review.value);
    files.add(sideName(open, "base"), review.value.base);
    files.add(sideName(open, "head"), review.value.head);
    this.#set(open);
    return { ok: true, value: open };
  }

  async close(): Promise<void> {
    await this.#close();
    this.#set(undefined);
  }

  /** Where a file of a side is shown; undefined when no review is open. */
  uriOn(side: Side, path: string): string | undefined {
    return this.#open && this.#parts.files.uriOf(sideName(this.#open, side), path).toString();
  }

  /** Shows a place of the side that a trial run was of. */
  async showTrialPlace(
    revision: string,
    place: { readonly file: string; readonly line: number },
  ): Promise<void> {
    const review = this.#open?.review;
    const side = (["head", "base"] as const).find((one) => review?.[one].name === revision);
    if (side) await this.showPlace(side, place);
  }

  /** Shows a file as both sides have it, at a line of one of them (from 1). */
  async show(file: ReviewedFile, line?: number, side: Side = "head"): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const uriOn = (on: Side): vscode.Uri | undefined => {
      const path = pathOn(file, on);
      return path === undefined ? undefined : this.#parts.files.uriOf(sideName(open, on), path);
    };
    const [left, right] = [uriOn("base"), uriOn("head")];
    const title = `${file.file} (${open.title})`;
    // The comparison is gone to in its right half: a line of base is shown in the file alone.
    const isOnlyBase = side === "base" && line !== undefined && left !== undefined;
    await this.#parts.files.show(title, isOnlyBase ? [left, undefined] : [left, right], line);
  }

  /** Shows a place of a side that need not have changed. */
  async showPlace(side: Side, place: { readonly file: string; readonly line: number }): Promise<void> {
    if (!this.#open) return;
    const uri = this.#parts.files.uriOf(sideName(this.#open, side), place.file);
    await this.#parts.files.show(place.file, [undefined, uri], place.line);
  }

  addTrial(number: number, trial: TrialOutcome): void {
    if (this.#open?.number !== number) return;
    this.#set({ ...this.#open, trials: [trial, ...this.#open.trials] });
  }

  async dispose(): Promise<void> {
    this.#reading?.abort();
    await this.#close();
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    for (const side of ["base", "head"] as const) this.#parts.files.remove(sideName(open, side));
    await open.review.dispose();
  }

  #set(open: OpenReview | undefined): void {
    this.#open = open;
    this.#parts.changed(open);
  }
}

const nothingChosen: ReviewProblem = { code: "revision-unknown", message: "No change was chosen." };

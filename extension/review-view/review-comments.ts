import type { Memento } from "vscode";
import { oneLine } from "#common/visible-text.ts";
import type { OpenReview, Side } from "./open-review.ts";

/** A comment of the person on a line of a change. */
export interface ReviewComment {
  readonly side: Side;
  /** Relative to the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

const memoryKey = "tactus.reviewComments";
/** Changes whose comments are kept; those of the oldest are forgotten. */
const mostChanges = 50;

type Kept = Readonly<Record<string, readonly ReviewComment[]>>;

/** The comments of a person on changes, kept in the editor's storage for this workspace; nothing is sent anywhere. */
export class ReviewComments {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  of(open: OpenReview): readonly ReviewComment[] {
    return this.#kept()[nameOf(open)] ?? [];
  }

  async add(open: OpenReview, comment: ReviewComment): Promise<void> {
    await this.#keep(open, [...this.of(open), comment]);
  }

  async remove(open: OpenReview, comment: ReviewComment): Promise<void> {
    const comments = [...this.of(open)];
    const index = comments.findIndex((one) => isSame(one, comment));
    if (index >= 0) comments.splice(index, 1);
    await this.#keep(open, comments);
  }

  async #keep(open: OpenReview, comments: readonly ReviewComment[]): Promise<void> {
    const { [nameOf(open)]: _replaced, ...others } = this.#kept();
    const own = comments.length > 0 ? { [nameOf(open)]: comments } : {};
    const entries = Object.entries({ ...others, ...own }).slice(-mostChanges);
    await this.#memory.update(memoryKey, Object.fromEntries(entries));
  }

  #kept(): Kept {
    return this.#memory.get<Kept>(memoryKey, {});
  }
}

/** All comments as Markdown, to be pasted where the change is discussed. */
export function commentsText(comments: readonly ReviewComment[]): string {
  return comments
    .map(({ file, line, side, text }) => {
      const place = `${oneLine(file, 400)}:${line}${side === "base" ? " (before)" : ""}`;
      return `- \`${place.replaceAll("`", "'")}\` ${text.replaceAll("\n", "\n  ")}\n`;
    })
    .join("");
}

function isSame(one: ReviewComment, other: ReviewComment): boolean {
  return (
    one.side === other.side && one.file === other.file && one.line === other.line && one.text === other.text
  );
}

/** A change by what it is made of: comments stay with it when it is reviewed again. */
function nameOf({ review }: OpenReview): string {
  const { base, head } = review.report;
  return `${base}..${head === "patch" ? review.head.name : head}`;
}

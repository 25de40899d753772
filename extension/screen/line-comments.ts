import * as vscode from "vscode";
import { visibleText } from "#common/visible-text.ts";
import { plainLabel } from "./plain-label.ts";

/** A comment of the person on a line of a document. */
export interface LineComment {
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly line: number;
  readonly text: string;
}

/** Where the person may comment, and what becomes of it. */
export interface CommentHandling {
  readonly scheme: string;
  readonly added: (comment: LineComment) => void;
  readonly removed: (comment: LineComment) => void;
}

/** A comment as it is drawn, with what it stands for. */
interface ShownComment extends vscode.Comment {
  readonly stands: LineComment;
}

/**
 * The only way to comments beside lines. They are drawn as plain text, never as Markdown: the person may have pasted what
 * the change says.
 */
export class LineComments implements vscode.Disposable {
  readonly #controller: vscode.CommentController;
  readonly #handling: CommentHandling;
  readonly #commands: vscode.Disposable;
  readonly #threads = new Set<vscode.CommentThread>();

  constructor(id: string, label: string, handling: CommentHandling) {
    this.#handling = handling;
    this.#controller = vscode.comments.createCommentController(id, plainLabel(label));
    this.#controller.options = {
      prompt: "Comment on this line",
      placeHolder: "For yourself, until you copy it",
    };
    this.#controller.commentingRangeProvider = {
      provideCommentingRanges: ({ uri, lineCount }) =>
        uri.scheme === handling.scheme ? [new vscode.Range(0, 0, Math.max(0, lineCount - 1), 0)] : [],
    };
    this.#commands = vscode.Disposable.from(
      vscode.commands.registerCommand("tactus.addComment", (reply: vscode.CommentReply) => this.#add(reply)),
      vscode.commands.registerCommand("tactus.deleteComment", (comment: ShownComment) =>
        this.#remove(comment),
      ),
    );
  }

  /** Shows these and no others. */
  show(comments: readonly LineComment[]): void {
    for (const thread of this.#threads) thread.dispose();
    this.#threads.clear();
    const places = Map.groupBy(comments, ({ uri, line }) => `${uri.toString()}#${line}`);
    for (const [first, ...others] of places.values()) {
      if (!first) continue;
      const at = new vscode.Range(first.line, 0, first.line, 0);
      const drawn = [first, ...others].map(drawnComment);
      this.#keep(this.#controller.createCommentThread(first.uri, at, drawn));
    }
  }

  dispose(): void {
    this.#commands.dispose();
    this.#controller.dispose();
  }

  #keep(thread: vscode.CommentThread): void {
    thread.canReply = true;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    this.#threads.add(thread);
  }

  #add({ thread, text }: vscode.CommentReply): void {
    const line = thread.range?.start.line ?? 0;
    if (text.trim() === "") return;
    const comment = { uri: thread.uri, line, text };
    thread.comments = [...thread.comments, drawnComment(comment)];
    this.#keep(thread);
    this.#handling.added(comment);
  }

  #remove(comment: ShownComment): void {
    for (const thread of this.#threads) {
      const left = thread.comments.filter((other) => other !== comment);
      if (left.length === thread.comments.length) continue;
      thread.comments = left;
      if (left.length === 0) {
        this.#threads.delete(thread);
        thread.dispose();
      }
    }
    this.#handling.removed(comment.stands);
  }
}

function drawnComment(comment: LineComment): ShownComment {
  const body = new vscode.MarkdownString();
  body.appendText(visibleText(comment.text));
  return {
    body,
    mode: vscode.CommentMode.Preview,
    author: { name: "You" },
    contextValue: "tactus.comment",
    stands: comment,
  };
}

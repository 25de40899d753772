import { expect, test } from "vitest";
import { ok } from "#common/result.ts";
import type { ReviewedFile, ReviewReport } from "#protocol/reports/review-report.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";
import type { OpenReview } from "./open-review.ts";
import { commentsText, ReviewComments } from "./review-comments.ts";
import { ViewedFiles } from "./viewed-files.ts";

/** The editor's storage, as it is kept from one window to the next. */
class Storage {
  #kept = "{}";

  keys(): readonly string[] {
    return Object.keys(JSON.parse(this.#kept));
  }

  get<Value>(key: string, otherwise?: Value): Value {
    return JSON.parse(this.#kept)[key] ?? otherwise;
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#kept = JSON.stringify({ ...JSON.parse(this.#kept), [key]: value });
  }
}

function tree(name: string, ids: Readonly<Record<string, string>>): SourceTree {
  return {
    name,
    find: async (path) => ok(ids[path] === undefined ? undefined : { path, kind: "file", id: ids[path] }),
    folder: async () => ok([]),
    list: async () => ok([]),
    read: async () => ok(new Uint8Array()),
  };
}

const file = (name: string): ReviewedFile => ({
  ...{ file: name, status: "modified", kind: "other", trusted: false },
  ...{ added: [], removed: [], changed: [], diagnostics: [], meanings: [] },
});

function opened(
  base: Record<string, string>,
  head: Record<string, string>,
  names: [string, string],
): OpenReview {
  const [from, to] = names;
  const files = Object.keys(head).map(file);
  const report: ReviewReport = { base: from, head: to, files, risk: "none", reasons: [] };
  const review = { report, base: tree(from, base), head: tree(to, head), dispose: () => undefined };
  return { title: "x", number: 1, review, root: "/r", trials: [] };
}

test("a mark holds for what a file is on both sides, in a later window too", async () => {
  const storage = new Storage();
  const first = new ViewedFiles(storage);
  await first.take(opened({ "a.txt": "1", "b.txt": "1" }, { "a.txt": "2", "b.txt": "2" }, ["b", "h"]).review);
  await first.mark(file("a.txt"), true);
  await first.mark(file("b.txt"), true);
  await first.mark(file("b.txt"), false);
  const later = new ViewedFiles(storage);
  await later.take(
    opened({ "a.txt": "1", "b.txt": "1" }, { "a.txt": "2", "b.txt": "2" }, ["b", "h2"]).review,
  );
  expect([later.has(file("a.txt")), later.has(file("b.txt"))]).toEqual([true, false]);
  await later.take(opened({ "a.txt": "1" }, { "a.txt": "3" }, ["b", "h3"]).review);
  expect(later.has(file("a.txt"))).toBe(false);
});

test("comments stay with their change, are taken back one by one, and become text", async () => {
  const comments = new ReviewComments(new Storage());
  const [one, other] = [opened({}, {}, ["b", "h"]), opened({}, {}, ["b", "h2"])];
  const comment = { side: "head", file: "a.tac", line: 3, text: "why?" } as const;
  await comments.add(one, comment);
  await comments.add(one, { ...comment, side: "base", file: "b`\n.tac", text: "two\nlines" });
  await comments.add(other, comment);
  expect(commentsText(comments.of(one))).toBe("- `a.tac:3` why?\n- `b' ⏎ .tac:3 (before)` two\n  lines\n");
  await comments.remove(one, comment);
  expect(comments.of(one).map(({ file: name }) => name)).toEqual(["b`\n.tac"]);
  expect(comments.of(other)).toEqual([comment]);
});

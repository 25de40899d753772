import { expect, test } from "vitest";
import type { Meaning, ReviewedFile, ReviewReport } from "#protocol/reports/review-report.ts";
import { parentOf, type ReviewNode, rowsBelow, type ShownReview } from "./review-node.ts";
import { rowOf } from "./review-row.ts";

function changed(file: string, more: Partial<ReviewedFile> = {}): ReviewedFile {
  return {
    ...{ file, status: "modified", kind: "other", trusted: false },
    ...{ added: [], removed: [], changed: [], diagnostics: [], meanings: [] },
    ...more,
  };
}

const meaning = (risk: Meaning["risk"], message: string): Meaning => ({ topic: "tools", risk, message });

const finding: ReviewedFile["diagnostics"][number] = {
  file: "flows/a.tac",
  range: { start: { line: 4, character: 0 }, end: { line: 4, character: 1 } },
  ...{ severity: "error", code: "syntax-error", source: "tactus", message: "unexpected" },
};

const report: ReviewReport = {
  ...{ base: "b", head: "h", risk: "high", reasons: ["adds a writable mount"] },
  files: [
    changed("notes.txt"),
    changed("flows/calm.tac", { kind: "procedure", meanings: [meaning("none", "moves a line")] }),
    changed("flows/a.tac", {
      kind: "procedure",
      diagnostics: [finding],
      meanings: [meaning("low", "changes a prompt"), meaning("high", "adds the tool deploy")],
    }),
    changed("flows/a.tac.yml", { kind: "sidecar", trusted: true, status: "added" }),
    changed("new.txt", { status: "renamed", from: "old.txt" }),
  ],
};

const shown: ShownReview = {
  report,
  trials: [
    {
      ...{ run: "r1", side: "head", file: "flows/a.tac", status: "completed" },
      report: {
        tried: [
          { capability: "tool.host", target: "deploy", outcome: "denied", count: 2, reason: "not allowed" },
        ],
        untried: [],
      },
    },
  ],
};

function outline(node?: ReviewNode, indent = ""): string[] {
  return rowsBelow(shown, node).flatMap((row) => {
    const { label, description } = rowOf(row);
    return [`${indent}${label}${description && ` | ${description}`}`, ...outline(row, `${indent}  `)];
  });
}

test("the risk and why stand first, then what is trusted, what the change means, problems, the rest, the runs", () => {
  expect(outline()).toEqual([
    "High risk | 1 reason",
    "  adds a writable mount",
    "Trusted files touched | 1",
    "  a.tac.yml | A  flows",
    "What the change means | 2",
    "  a.tac | M  flows",
    "    changes a prompt",
    "    adds the tool deploy",
    "  calm.tac | M  flows",
    "    moves a line",
    "New problems | 1",
    "  a.tac | M  flows",
    "    unexpected | line 5 · syntax-error",
    "Other files | 2",
    "  new.txt | R  was old.txt",
    "  notes.txt | M",
    "Trial runs | 1",
    "  flows/a.tac | head · completed · 1 denied · 1 not declared",
    "    tool.host deploy | denied · 2 times · not declared",
  ]);
});

test("every row is found again from below, has an id of its own and words for a screen reader", () => {
  const ids = new Set<string>();
  const visit = (node: ReviewNode | undefined): void => {
    for (const row of rowsBelow(shown, node)) {
      const { id, spoken } = rowOf(row);
      expect(ids.has(id)).toBe(false);
      ids.add(id);
      expect(spoken).not.toBe("");
      const parent = parentOf(shown, row);
      expect(parent && rowOf(parent).id).toBe(node && rowOf(node).id);
      visit(row);
    }
  };
  visit(undefined);
});

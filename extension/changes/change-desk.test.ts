import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ok } from "#common/result.ts";
import { runChanges } from "#runs/session/run-changes.ts";
import { ChangeSet } from "#sandbox/workspace/change-set.ts";
import { ChangeDesk } from "./change-desk.ts";
import type { ShownDifference } from "./change-texts.ts";

const run = "a-run";
let workspaceRoot: string;
let kept: string;
let shown: ShownDifference[];
let asked: { title: string; answers: readonly string[] }[];
let told: string[];

beforeEach(() => {
  workspaceRoot = mkdtempSync(path.join(tmpdir(), "tactus-desk-"));
  kept = path.join(workspaceRoot, ".tactus/runs", run, "changes");
  [shown, asked, told] = [[], [], []];
});

afterEach(() => rmSync(workspaceRoot, { recursive: true }));

/** Lays out what a run on a copied workspace leaves. */
function left(files: Readonly<Record<string, string>>): void {
  const changes = Object.entries(files).map(([file, text]) => ({
    path: file,
    kind: "created",
    bytes: text.length,
  }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(kept, "files", file)), { recursive: true });
    writeFileSync(path.join(kept, "files", file), text);
  }
  writeFileSync(path.join(kept, "changes.json"), JSON.stringify({ changes }));
}

/** A desk with a person who answers every question the same way. */
function desk(agrees: boolean): ChangeDesk {
  return new ChangeDesk({
    open: async (changed) => runChanges(changed.workspaceRoot, changed.run),
    openToApply: async () => ok(new ChangeSet(workspaceRoot, kept)),
    show: async (difference) => void shown.push(difference),
    prompts: () => ({
      decide: async ({ title }, answers) => {
        asked.push({ title, answers });
        return agrees ? answers[0] : undefined;
      },
    }),
    tell: (problem) => void told.push(problem),
  });
}

const has = (file: string): boolean => existsSync(path.join(workspaceRoot, file));

test("a change is shown as a difference and applied alone", async () => {
  writeFileSync(path.join(workspaceRoot, "other.txt"), "");
  left({ "notes.txt": "by the run\u202e", "more.txt": "x" });
  const person = desk(false);
  await person.show({ run, workspaceRoot }, "notes.txt");
  expect(shown).toEqual([{ title: "notes.txt (folder ↔ run)", before: "", after: "by the run‹U+202E›" }]);
  await person.apply({ run, workspaceRoot }, ["notes.txt"]);
  expect([has("notes.txt"), has("more.txt"), asked]).toEqual([true, false, []]);
});

test("what programs obey is asked for by its name, and a closed question applies nothing of it", async () => {
  left({ ".vscode/tasks.json": "{}", "notes.txt": "x" });
  await desk(false).apply({ run, workspaceRoot });
  expect(asked).toEqual([
    { title: "A run wants to write .vscode/tasks.json.", answers: ["Apply .vscode/tasks.json"] },
  ]);
  expect([has(".vscode"), has("notes.txt")]).toEqual([false, true]);
  await desk(true).apply({ run, workspaceRoot });
  expect(has(".vscode/tasks.json")).toBe(true);
});

test("a file that changed meanwhile is shown with both changes, and kept unless the person says so", async () => {
  left({ "notes.txt": "by the run" });
  writeFileSync(path.join(workspaceRoot, "notes.txt"), "mine");
  const person = desk(false);
  await person.show({ run, workspaceRoot }, "notes.txt");
  expect(shown.map(({ before, after }) => [before, after])).toEqual([
    ["", "mine"],
    ["", "by the run"],
  ]);
  await person.apply({ run, workspaceRoot });
  expect(readFileSync(path.join(workspaceRoot, "notes.txt"), "utf8")).toBe("mine");
});

test("another content than the one that was looked at is not applied", async () => {
  left({ "notes.txt": "looked at" });
  const person = desk(true);
  await person.show({ run, workspaceRoot }, "notes.txt");
  writeFileSync(path.join(kept, "files/notes.txt"), "swapped");
  await person.apply({ run, workspaceRoot });
  expect(has("notes.txt")).toBe(false);
  expect(told).toEqual([expect.stringContaining("It is not the content that was shown")]);
});

test("the content of a file that looks like a secret is not shown", async () => {
  left({ ".env": "A=1" });
  writeFileSync(path.join(workspaceRoot, ".env"), "KEY=CANARY");
  await desk(false).show({ run, workspaceRoot }, ".env");
  expect(JSON.stringify(shown)).not.toContain("CANARY");
});

test("what is discarded is no longer there to be shown", async () => {
  left({ "notes.txt": "x" });
  await desk(false).discard({ run, workspaceRoot }, ["notes.txt"]);
  await desk(false).show({ run, workspaceRoot }, "notes.txt");
  expect(told).toEqual(["Nothing of notes.txt is left to decide."]);
});

import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveRun } from "#report/live/serve-run.ts";
import { journalFile, runFolder } from "#runs/journal/journal-folder.ts";
import { claimRun, releaseRun } from "#runs/journal/run-claim.ts";
import {
  type OpenReport,
  openPage,
  openReport,
  reportTemplate,
  startBrowser,
} from "#test/support/report-page.ts";
import { findChromium } from "#test/support/workbench/page.ts";
import { hostile, reviewData, runData, runEvents } from "./report-data.ts";

const found = findChromium();
const skipped = found.ok ? undefined : `SKIPPED reports: ${found.error.what} is missing: ${found.error.why}`;

describe.skipIf(skipped)(`reports, opened from a disk without a network ${skipped ?? ""}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    if (found.ok) browser = await startBrowser(found.value);
  });

  afterAll(async () => browser?.close());

  describe("a review", () => {
    let report: OpenReport;
    let page: Page;

    beforeAll(async () => {
      report = await openReport(browser, reviewData);
      ({ page } = report);
    });

    afterAll(async () => report?.close());

    test("it says what the change comes to, and why", async () => {
      const summary = page.getByRole("region", { name: "Summary" });
      await expect(summary.locator(".verdict").textContent()).resolves.toBe("High risk");
      await expect(summary.getByRole("listitem").allTextContents()).resolves.toEqual([
        `It reads ${hostile}.`,
      ]);
    });

    test("the manifests are compared row by row", async () => {
      const rows = page.getByRole("region", { name: "Manifest of desk.tac" }).locator("tbody tr");
      const cells = await rows.evaluateAll((all) =>
        all.map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent)),
      );
      expect(cells).toEqual([
        ["added", "file.read", hostile],
        ["changed", "file.read", "new (was old)"],
        ["removed", "network", "example.org"],
      ]);
    });

    test("a meaning leads to its line on either side", async () => {
      const meaning = page.getByRole("list", { name: "What it means" });
      await meaning.getByRole("button", { name: "line 3 before" }).click();
      await lineInSight(page, "You answer briefly.");
      await expect(pressed(page)).resolves.toEqual(["Base"]);
      await meaning.getByRole("button", { name: "line 3", exact: true }).click();
      await lineInSight(page, '"You answer."');
      await expect(pressed(page)).resolves.toEqual(["Head"]);
    });

    test("both sides stand beside each other, with the findings of each", async () => {
      await page.getByRole("button", { name: "Side by side" }).click();
      const sides = page.locator(".monaco-diff-editor .editor");
      await sides.nth(1).locator(".line-insert").first().waitFor();
      await sides.nth(1).getByText("misspelled").first().waitFor();
      await sides.nth(1).locator(".squiggly-error, .squiggly-warning").first().waitFor();
      expect(await sides.nth(0).getByText("misspelled").count()).toBe(0);
    });

    test("a name is explained, and leads to where it is defined in another file", async () => {
      await page.getByRole("button", { name: "Head" }).click();
      const name = page.locator(".monaco-editor:visible").getByText("of", { exact: true }).first();
      await name.hover();
      const hover = page.locator(".monaco-hover:visible").getByText("of(args): integer").first();
      await hover.waitFor();
      await page.mouse.move(0, 0);
      await hover.waitFor({ state: "hidden" });
      await name.click();
      await page.locator(".monaco-editor.focused").waitFor();
      await page.keyboard.press("F12");
      await page.locator(".files [aria-current]", { hasText: "lib/prices.tac" }).waitFor();
      await lineInSight(page, "function prices.of");
    });

    test("texts of strangers are texts", async () => {
      expect(await page.evaluate("window.owned")).toBeUndefined();
      expect(await page.locator("img, iframe, object, embed, link, form").count()).toBe(0);
    });

    test("it asked nobody for anything, and its policy stopped nothing of it", () => {
      expect(report.faults).toEqual([]);
    });

    test("all of it is small enough to travel", () => {
      expect(statSync(report.file).size).toBeLessThan(6_000_000);
    });

    test("nothing that a stranger could add would run", async () => {
      const blocked = await page.evaluate(intruder);
      expect(blocked).toEqual({
        stopped: ["connect-src", "img-src", "require-trusted-types-for"],
        owned: undefined,
      });
    });
  });

  describe("a run", () => {
    let report: OpenReport;
    let page: Page;

    beforeAll(async () => {
      report = await openReport(browser, runData, { colorScheme: "dark" });
      ({ page } = report);
    });

    afterAll(async () => report?.close());

    test("its summary, timeline and tree hold what the journal holds", async () => {
      await expect(page.locator("#summary dd").allTextContents()).resolves.toContain("completed");
      const rows = page.getByRole("region", { name: "Rows of the timeline" }).getByRole("rowheader");
      await expect(rows.allTextContents()).resolves.toEqual([
        expect.stringMatching(/^◆Turn 1: /),
        "⚙look",
        "⊘git.log denied",
      ]);
      await page.getByRole("treeitem", { name: /^Denied tool call git.log denied/ }).waitFor();
    });

    test("the tree is walked, opened and left by keys alone", async () => {
      const tree = page.getByRole("tree");
      await tree.locator('[tabindex="0"]').focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      expect(await focused(page)).toMatch(/^Turn◆Turn 1: /);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      expect(await focused(page)).toMatch(/^Tool call⚙look/);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      expect(await page.getByRole("treeitem", { name: /^Tool call look/ }).count()).toBe(0);
      await page.keyboard.press("End");
      expect(await focused(page)).toMatch(/^Value·result/);
      await page.keyboard.press("Tab");
      expect(await tree.locator(":focus").count()).toBe(0);
    });

    test("Enter on a row leads to its line", async () => {
      await page.getByRole("treeitem", { name: /^Turn Turn 1/ }).focus();
      await page.keyboard.press("Enter");
      await lineInSight(page, "Procedure {");
      expect(report.faults).toEqual([]);
    });
  });

  describe("for every eye", () => {
    const looks = [
      ["light", "rgb(255, 255, 255)", { colorScheme: "light" }],
      ["dark", "rgb(30, 30, 30)", { colorScheme: "dark" }],
      ["hc-light", "rgb(255, 255, 255)", { colorScheme: "light", contrast: "more" }],
      ["hc-dark", "rgb(0, 0, 0)", { colorScheme: "dark", contrast: "more" }],
    ] as const;

    test.for(looks)("as the person's system says: %s", async ([theme, background, options]) => {
      const report = await openReport(browser, reviewData, options);
      try {
        expect(await report.page.evaluate("document.documentElement.dataset.theme")).toBe(theme);
        expect(await report.page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
          background,
        );
        expect(await accessibilityFaults(report.page)).toEqual([]);
      } finally {
        await report.close();
      }
    });

    test("a run too, with a source open; the look is chosen for the editor as well", async () => {
      const report = await openReport(browser, runData);
      try {
        const { page } = report;
        await page
          .getByRole("navigation", { name: "Files" })
          .getByRole("button", { name: "lib/prices.tac" })
          .click();
        await page.locator(".monaco-editor:visible .view-line").first().waitFor();
        await page.getByLabel("Look").selectOption("hc-dark");
        await page.locator(".monaco-editor.hc-black").first().waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
      } finally {
        await report.close();
      }
    });
  });

  test("what can't be shown says why", async () => {
    const report = await openReport(browser, runData);
    try {
      const { page } = report;
      await page.getByRole("button", { name: /logo\.png/ }).click();
      await page.getByText("12 bytes that are no text.").waitFor();
      expect(await page.locator(".monaco-editor").count()).toBe(0);
    } finally {
      await report.close();
    }
  });

  test("a run under way is followed to its end", async () => {
    const workspaceRoot = mkdtempSync(path.join(tmpdir(), "tactus-live-"));
    const run = "20260102-030405-abcdef";
    const folder = runFolder(workspaceRoot, run);
    mkdirSync(folder, { recursive: true });
    const lines = runEvents.map((event) => `${JSON.stringify(event)}\n`);
    const journal = (count: number): void =>
      writeFileSync(path.join(folder, journalFile), lines.slice(0, count).join(""));
    journal(2);
    claimRun(folder);
    const server = await serveRun({ workspaceRoot, run, template: reportTemplate });
    const opened = await openPage(browser, server.address, {});
    try {
      await statusOf(opened.page, "running");
      journal(lines.length);
      releaseRun(folder);
      await statusOf(opened.page, "completed");
      expect(opened.faults).toEqual([]);
    } finally {
      await opened.close();
      await server.dispose();
      rmSync(workspaceRoot, { recursive: true });
    }
  });
});

function statusOf(page: Page, status: string): Promise<void> {
  return page.locator("#summary dd", { hasText: status }).waitFor();
}

/** Waits until a line with a text is in sight. */
async function lineInSight(page: Page, text: string): Promise<void> {
  await page.locator(".monaco-editor:visible .view-line", { hasText: text }).first().waitFor();
}

function pressed(page: Page): Promise<string[]> {
  return page.locator('.sides [aria-pressed="true"]').allTextContents();
}

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate("document.activeElement.querySelector('.row')?.textContent");
}

/** What the checker of accessibility rules finds, contrast included. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // One rule is experimental, and takes the marks that readers are not told of for text.
  const found: axe.AxeResults = await page.evaluate(
    "axe.run({ exclude: ['.monaco-editor'] }, { rules: { 'label-content-name-mismatch': { enabled: false } } })",
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
}

/** What a script would try that came into the page in spite of all; says what the policy stopped. */
const intruder = `(async () => {
  const stopped = new Set();
  document.addEventListener("securitypolicyviolation", (event) => stopped.add(event.effectiveDirective));
  const stranger = document.createElement("div");
  const attempts = [
    () => { stranger.innerHTML = "<b>x</b>"; },
    () => { stranger.setAttribute("onclick", "window.owned = 1"); },
    () => { stranger.click(); },
    () => { document.body.append(Object.assign(document.createElement("script"), { text: "owned = 1" })); },
  ];
  for (const attempt of attempts) {
    try { attempt(); } catch {}
  }
  await fetch("https://example.org/").catch(() => {});
  const image = new Image();
  image.src = "https://example.org/x.png";
  await new Promise((resolve) => { image.onerror = resolve; });
  return { stopped: [...stopped].sort(), owned: window.owned };
})()`;

import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import type { PageFile, ReviewPage } from "#protocol/page/page-data.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import { writeReport } from "#report/write-report.ts";
import { type Summary, summarise } from "./paired.ts";

const rounds = 5;
const template = path.resolve(import.meta.dirname, "../dist/web/report.html");
const browsers = [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", "/usr/bin/google-chrome"];

export interface ReportPageFigures {
  readonly bytes: number;
  /** Seconds from opening the file until it is drawn and can be used. */
  readonly interactive: Summary;
  /** Seconds from the wish to see a source until its lines are there, Monaco's start included. */
  readonly firstSource: Summary;
}

/** The report on a change of 200 files, 50 of them procedures, opened from a disk; undefined without Chromium. */
export async function measureReportPage(folder: string): Promise<ReportPageFigures | undefined> {
  const executablePath = browsers.find((file) => existsSync(file));
  if (executablePath === undefined) return undefined;
  const file = path.join(folder, "report.html");
  const written = await writeReport(largeReview(), { template, file });
  if (!written.ok) throw new Error(written.error);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ offline: true });
      times.push(await openOnce(await context.newPage(), pathToFileURL(file).href));
      await context.close();
    }
    return {
      bytes: statSync(file).size,
      interactive: summarise(times.map(({ interactive }) => interactive)),
      firstSource: summarise(times.map(({ firstSource }) => firstSource)),
    };
  } finally {
    await browser.close();
  }
}

async function openOnce(
  page: Page,
  address: string,
): Promise<{ readonly interactive: number; readonly firstSource: number }> {
  const opened = performance.now();
  await page.goto(address);
  await page.locator("html[data-ready]").waitFor();
  const ready = performance.now();
  await page.locator(".files button").first().click();
  await page.locator(".monaco-diff-editor .view-line").first().waitFor();
  return { interactive: (ready - opened) / 1000, firstSource: (performance.now() - ready) / 1000 };
}

function largeReview(): ReviewPage {
  const procedures = Array.from({ length: 50 }, (_, index) => `flows/desk-${index}.tac`);
  const others = Array.from({ length: 150 }, (_, index) => `docs/page-${index}.md`);
  return {
    kind: "review",
    written: "2026-01-02T03:04:05.000Z",
    sides: { before: "Base", after: "Head" },
    files: [...procedures, ...others].map(fileOf),
    report: {
      base: "a".repeat(40),
      head: "b".repeat(40),
      risk: "high",
      reasons: procedures.map((file) => `${file} is given another tool.`),
      files: [...procedures, ...others].map(reviewedFile),
    },
  };
}

function fileOf(file: string, index: number): PageFile {
  const text = Array.from(
    { length: 100 },
    (_, line) =>
      `tool_${line} = Tool { description = "Number ${line} of ${index}", function(args) return args end }`,
  ).join("\n");
  return { path: file, status: "modified", before: text, after: text.replaceAll("Number 5", "No. 5") };
}

function reviewedFile(file: string): ReviewedFile {
  const entry: ManifestEntry = {
    capability: "tool.lua",
    target: "tool_5",
    trust: "sandboxed",
    origin: { file, line: 5 },
    detail: "may call its own tool tool_5",
  };
  const isProcedure = file.endsWith(".tac");
  return {
    file,
    status: "modified",
    kind: isProcedure ? "procedure" : "other",
    trusted: false,
    added: isProcedure ? [entry, entry, entry] : [],
    removed: [],
    changed: [],
    meanings: isProcedure
      ? [{ topic: "tools", risk: "high", message: "is given another tool", head: entry.origin }]
      : [],
    diagnostics: [],
  };
}

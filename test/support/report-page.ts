import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { PageData } from "#protocol/page/page-data.ts";
import { writeReport } from "#report/write-report.ts";

export const reportTemplate: string = path.resolve(import.meta.dirname, "../../dist/web/report.html");

/** A report that is open in a browser without a network. */
export interface OpenReport {
  readonly page: Page;
  /** What a page of a report must not do: fail, be stopped by its policy, ask anybody for anything. */
  readonly faults: readonly string[];
  readonly file: string;
  close(): Promise<void>;
}

/** Starts the browser that reports are opened in. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
}

/** Writes a report as the command line does, and opens the file. */
export async function openReport(
  browser: Browser,
  data: PageData,
  options: BrowserContextOptions = {},
): Promise<OpenReport> {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-report-"));
  const file = path.join(folder, "index.html");
  const written = await writeReport(data, { template: reportTemplate, file });
  if (!written.ok) throw new Error(written.error);
  const opened = await openPage(browser, pathToFileURL(file).href, { offline: true, ...options });
  const close = async (): Promise<void> => {
    await opened.close();
    rmSync(folder, { recursive: true });
  };
  return { ...opened, file, close };
}

/** Opens a page of ours at its address. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
): Promise<Omit<OpenReport, "file">> {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== new URL(address).origin) faults.push(url);
    else if (url.startsWith("file:") && url !== address) faults.push(url);
  });
  await page.goto(address);
  await page.locator("html[data-ready]").waitFor();
  return { page, faults, close: () => context.close() };
}

import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { fail, ok, type Result } from "#common/result.ts";
import type { Missing } from "./install.ts";
import type { WorkbenchServer } from "./server.ts";

/** An open workbench page and what tests do with it. */
export interface WorkbenchPage {
  readonly page: Page;
  /** Requests to other machines that the page tried; all were refused. */
  readonly foreignRequests: readonly string[];
  command(title: string): Promise<void>;
  rows(): Locator;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const flags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const screenshots = path.resolve(import.meta.dirname, "../../../.cache/screenshots");

/** The system's Chromium. */
export function findChromium(): Result<string, Missing> {
  const file = [process.env["CHROMIUM"], ...browsers].find((candidate) => candidate && existsSync(candidate));
  return file
    ? ok(file)
    : fail({ what: "chromium", why: "none is installed (Debian: apt-get install chromium)" });
}

/** What the page opens: a folder, and what the workbench is told beside it. */
export interface PageOptions {
  readonly chromium: string;
  readonly payload?: ReadonlyArray<readonly [string, string]>;
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Opens the server's workspace in a browser of its own. Nothing but loopback can be reached from it. */
export async function openWorkbench(server: WorkbenchServer, options: PageOptions): Promise<WorkbenchPage> {
  const browser = await chromium.launch({ executablePath: options.chromium, headless: true, args: flags });
  const foreignRequests: string[] = [];
  const page = await newPage(browser, foreignRequests);
  await options.prepare?.(page);
  await page.goto(workbenchUrl(server, options.payload ?? []));
  return {
    page,
    foreignRequests,
    command: (title) => runCommand(page, title),
    rows: () => page.locator(".pane-body .monaco-list-row"),
    screenshot: async (name) => {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    },
    close: () => browser.close(),
  };
}

/** How the workbench names a file of the server's machine. */
export function remoteUri({ port }: WorkbenchServer, file: string): string {
  return `vscode-remote://localhost:${port}${file}`;
}

async function newPage(browser: Browser, foreignRequests: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: "dark" });
  await context.route(
    ({ hostname, protocol }) =>
      protocol.startsWith("http") && !/^(localhost|127\.0\.0\.1|.*\.localhost)$/.test(hostname),
    (route) => {
      foreignRequests.push(route.request().url());
      return route.abort();
    },
  );
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on("dialog", (dialog) => void dialog.accept());
  return page;
}

function workbenchUrl({ port, workspace }: WorkbenchServer, payload: PageOptions["payload"]): string {
  const url = new URL(`http://localhost:${port}/`);
  url.searchParams.set("folder", workspace);
  if (payload?.length) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/** Runs a command by its title, as a person does: F1, type, click. Enter would take what stands first meanwhile. */
async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input.input").first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { WorkbenchPage } from "./page.ts";

/** How long a person goes on trying: a busy machine, and a browser that loads everything over the network, take long. */
const patienceMs = 60_000;

/**
 * Does it again until the next thing is there: prompts pass over answers of their first half second, and the workbench
 * drops what comes while it is busy.
 */
export async function insist(act: () => Promise<unknown>, next: Locator): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    if (await next.first().isVisible()) return true;
    await act().catch(() => undefined);
    return next.first().isVisible();
  };
  await expect.poll(isThere, { timeout: patienceMs, interval: 800 }).toBe(true);
}

/** A prompt that is just closing can swallow the keys, so opening is repeated as a person would. */
export async function openFile({ page }: Pick<WorkbenchPage, "page">, name: string): Promise<void> {
  const open = async (): Promise<void> => {
    await page.keyboard.press("Control+P");
    await page.locator(".quick-input-widget input.input").first().fill(name, { timeout: 2000 });
    const found = page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
    await found.click({ timeout: 5000 });
    await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: 2000 });
  };
  await insist(open, page.locator(".tab.active", { hasText: name }));
}

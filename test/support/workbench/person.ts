import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { WorkbenchPage } from "./page.ts";

/** Prompts pass over answers of their first half second, so the act is repeated until the next thing is there. */
export async function insist(act: () => Promise<void>, next: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await next.isVisible()) return true;
        await act().catch(() => undefined);
        return next.isVisible();
      },
      { timeout: 20_000, interval: 800 },
    )
    .toBe(true);
}

/** A prompt that is just closing can swallow the keys, so opening is repeated as a person would. */
export async function openFile({ page }: WorkbenchPage, name: string): Promise<void> {
  const open = async (): Promise<void> => {
    await page.keyboard.press("Control+P");
    await page.locator(".quick-input-widget input.input").first().fill(name, { timeout: 2000 });
    const found = page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
    await found.click({ timeout: 5000 });
    await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: 2000 });
  };
  await insist(open, page.locator(".tab.active", { hasText: name }));
}

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { Product } from "#test/attacks/controls/product.ts";
import { plainLabels } from "#test/attacks/controls/screen-controls.ts";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { insist, openFile } from "#test/support/workbench/person.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";

const root = path.resolve(import.meta.dirname, "../..");
mkdirSync(path.join(root, ".cache"), { recursive: true });
const folder = mkdtempSync(path.join(root, ".cache/attacked-screen-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a package of the extension holds beside the bundles. */
const packaged = ["package.json", "README.md", "CHANGELOG.md", "LICENSE", "language-configuration.json"];
const packagedFolders = ["media", "syntaxes", "schemas"];

/**
 * The attacks `editor-workbench-trust-mark` and `editor-workbench-command-link`, in the real workbench, on the extension as
 * it is and on one that is built without its control.
 */
describe.skipIf(skipped)(`a stranger's text attacks the workbench ${skipped ?? ""}`, () => {
  for (const control of ["on", "off"] as const)
    test(`editor-workbench-trust-mark, editor-workbench-command-link: ${control === "on" ? "held" : "they work without the control"}`, async () => {
      if (!parts.ok) throw new Error(skipped);
      const product = control === "on" ? new Product(folder) : new Product(folder, plainLabels);
      const workbench = await startWorkbench(parts.value, {
        workspace: path.join(import.meta.dirname, "workspace"),
        vsix: packageOf(await product.dist(), control),
        machineSettings: { "tactus.isolation": "embedded", "tactus.nodePath": process.execPath },
      });
      try {
        expect(await attack(workbench)).toEqual(
          control === "on"
            ? { trustMarks: 0, links: 0, sideBarIsThere: true }
            : { trustMarks: 1, links: 1, sideBarIsThere: false },
        );
      } finally {
        await workbench.screenshot(`attacked-${control}`);
        await workbench.close();
      }
    });
});

/** Packs the extension with other bundles. */
function packageOf(dist: string, name: string): string {
  const place = path.join(folder, `package-${name}`);
  for (const part of [...packaged, ...packagedFolders, ".vscodeignore"])
    cpSync(path.join(root, part), path.join(place, part), { recursive: true });
  cpSync(dist, path.join(place, "dist"), { recursive: true });
  const vsix = path.join(folder, `${name}.vsix`);
  execFileSync("vsce", ["package", "--no-dependencies", "-o", vsix], { cwd: place, stdio: "pipe" });
  return vsix;
}

/** Runs the hostile procedure and does what it hopes for: looks at its prompt, and clicks on its notification. */
async function attack({ page, rows }: Workbench) {
  await page.locator('.activitybar .action-item a[aria-label^="Tactus"]').click();
  await openFile({ page }, "marks.tac");
  const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "Continue" }).first();
  await page.locator('.editor-actions a[aria-label^="Run in Sandbox"]').click();
  await choice.waitFor();
  const trustMarks = await choice.locator(".codicon-verified").count();
  await insist(() => page.keyboard.press("Enter"), rows().filter({ hasText: "failed" }));
  const message = page.locator(".notifications-toasts .notification-list-item-message").first();
  await message.waitFor();
  const links = await message.locator("a").count();
  if (links > 0) await message.locator("a").first().click();
  await page.waitForTimeout(500);
  return { trustMarks, links, sideBarIsThere: await sideBar(page).isVisible() };
}

function sideBar(page: Page): Locator {
  return page.locator(".part.sidebar");
}

import { execFileSync } from "node:child_process";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";

const root = path.resolve(import.meta.dirname, "../..");
const vsix = path.join(root, ".cache/tactus-studio.vsix");

let workbench: Workbench;

/** The packaged extension, driven as a person does. Screenshots lie in .cache/screenshots. */
describe.skipIf(skipped)(`on the screen ${skipped ?? ""}`, () => {
  beforeAll(async () => {
    if (!parts.ok) return;
    execFileSync("vsce", ["package", "--no-dependencies", "-o", vsix], { cwd: root, stdio: "pipe" });
    workbench = await startWorkbench(parts.value, {
      workspace: path.join(import.meta.dirname, "workspace"),
      vsix,
      machineSettings: { "tactus.isolation": "embedded", "tactus.nodePath": process.execPath },
    });
  });

  afterAll(async () => workbench?.close());

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await workbench.screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });

  test("an empty view says what to do", async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Tactus"]').click();
    await workbench.page
      .locator(".welcome-view-content", { hasText: "No procedure has run here yet" })
      .waitFor();
    await workbench.screenshot("empty-view");
  });

  test("a run from the editor title fills the tree", async () => {
    await openFile("desk.tac");
    await workbench.screenshot("editor");
    await workbench.page.locator('.editor-actions a[aria-label^="Run in Sandbox"]').click();
    await row("completed").waitFor();
    for (const text of ["Turn 1: clerk", "find_order", "Checkpoint 1", "state", "result"])
      await row(text).waitFor();
    await workbench.screenshot("run");
  });

  test("text of a procedure is never an icon or a link", async () => {
    const hostile = row("$(flame) [look](command:workbench.action.closeWindow)");
    await hostile.waitFor();
    expect(await hostile.locator(".codicon-flame, a[href]").count()).toBe(0);
    await hostile.hover();
    await workbench.page.locator(".monaco-hover", { hasText: "$(flame)" }).waitFor();
    expect(await workbench.page.locator(".monaco-hover .codicon-flame, .monaco-hover a[href]").count()).toBe(
      0,
    );
  });

  test("a click on a checkpoint goes to its line", async () => {
    await openFile("broken.tac");
    await row("Checkpoint 1").click();
    const line = workbench.page.locator(".monaco-editor.focused .view-line", { hasText: "Step.checkpoint" });
    await line
      .or(workbench.page.locator(".view-line", { hasText: "Step.checkpoint" }))
      .first()
      .waitFor();
    await workbench.page.locator(".tab.active", { hasText: "desk.tac" }).waitFor();
  });

  test("inputs are asked for with their descriptions and defaults", async () => {
    await openFile("inputs.tac");
    await workbench.command("Tactus: Run in Sandbox");
    await prompt("city (string): Where to look").waitFor();
    await workbench.screenshot("form-text");
    await workbench.page.keyboard.press("Enter");
    await prompt("A value is required").waitFor();
    await workbench.page.keyboard.type("Gdynia");
    await workbench.page.keyboard.press("Enter");
    await prompt("days (integer, optional)").waitFor();
    expect(await workbench.page.locator(".quick-input-widget input.input").inputValue()).toBe("3");
    await workbench.page.locator(".quick-input-widget .codicon-quick-input-back").click();
    await prompt("city (string)").waitFor();
    expect(await workbench.page.locator(".quick-input-widget input.input").inputValue()).toBe("Gdynia");
    await workbench.page.keyboard.press("Enter");
    await prompt("days (integer, optional)").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".quick-input-list", { hasText: "imperial" }).waitFor();
    await workbench.screenshot("form-pick");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".quick-input-list", { hasText: "false" }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await row("Gdynia 3 metric").waitFor();
    await workbench.screenshot("form-result");
  });

  test("Escape in the form starts nothing", async () => {
    await workbench.command("Tactus: Clear Finished Runs");
    await workbench.command("Tactus: Run in Sandbox");
    await prompt("city (string)").waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    expect(await workbench.rows().count()).toBe(0);
  });

  test("questions of a procedure are put to the person", async () => {
    await openFile("ask.tac");
    await workbench.command("Tactus: Run in Sandbox");
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.filter({ hasText: "ask.tac, line" }).waitFor();
    await workbench.screenshot("approval");
    await workbench.page.waitForTimeout(600);
    await dialog.getByRole("button", { name: "Approve" }).click();
    await workbench.page.locator(".quick-input-list", { hasText: "formal" }).waitFor();
    await workbench.screenshot("select");
    await workbench.page.waitForTimeout(600);
    await workbench.page.keyboard.press("Enter");
    await prompt("Who signs?").waitFor();
    await workbench.screenshot("input");
    await workbench.page.waitForTimeout(600);
    await workbench.page.keyboard.type("Ann");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".quick-input-list", { hasText: "Edit First" }).waitFor();
    await workbench.screenshot("review");
    await workbench.page.waitForTimeout(600);
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "pprove" }).click();
    await prompt("Feedback").waitFor();
    await workbench.page.waitForTimeout(600);
    await workbench.page.keyboard.press("Enter");
    await row("completed").waitFor();
    await workbench.screenshot("answered");
  });

  test("nothing was asked of other machines", () => {
    expect(workbench.foreignRequests).toEqual([]);
  });
});

function row(text: string): Locator {
  return workbench.rows().filter({ hasText: text }).first();
}

function prompt(text: string): Locator {
  return workbench.page.locator(".quick-input-widget", { hasText: text });
}

async function openFile(name: string): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget input.input").first();
  await input.fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { packageExtension } from "#test/support/workbench/package-extension.ts";
import { insist, openFile } from "#test/support/workbench/person.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";

let workbench: Workbench;

/** The packaged extension, driven as a person does. Screenshots lie in .cache/screenshots. */
describe.skipIf(skipped)(`on the screen ${skipped ?? ""}`, () => {
  beforeAll(async () => {
    if (!parts.ok) return;
    workbench = await startWorkbench(parts.value, {
      workspace: path.join(import.meta.dirname, "workspace"),
      vsix: packageExtension("screen"),
      machineSettings: { "tactus.isolation": "embedded", "tactus.nodePath": process.execPath },
      environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
    });
  });

  afterAll(async () => workbench?.close());

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await workbench.screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });

  test("an empty view says what to do", async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Tactus"]').click();
    await workbench.page.locator(".welcome-view-content", { hasText: "No runs are listed" }).waitFor();
    await workbench.screenshot("empty-view");
  });

  test("what would go wrong is underlined, and says why and what to do", async () => {
    await openFile(workbench, "careless.tac");
    const wrong = workbench.page
      .locator(".view-line", { hasText: "inpt.costumer" })
      .getByText("inpt")
      .first();
    await workbench.page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
    const hover = workbench.page
      .locator(".monaco-hover", { hasText: "undefined-global" })
      .filter({ hasText: "input" });
    // Lenses that arrive late move the line away from under the mouse.
    await insist(() => wrong.hover(), hover.getByRole("button", { name: "Quick Fix" }));
    await workbench.screenshot("findings");
  });

  test("a run from the editor title fills the tree", async () => {
    // The button of an editor that is just being left would run that one.
    await workbench.command("View: Close All Editors");
    await openFile(workbench, "desk.tac");
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
    const hover = workbench.page.locator(".monaco-hover", { hasText: "$(flame)" });
    await hover.waitFor();
    expect(await hover.locator(".codicon-flame, a[href]").count()).toBe(0);
  });

  test("a click on a checkpoint goes to its line", async () => {
    await openFile(workbench, "broken.tac");
    await row("Checkpoint 1").click();
    const line = workbench.page.locator(".monaco-editor.focused .view-line", { hasText: "Step.checkpoint" });
    await line
      .or(workbench.page.locator(".view-line", { hasText: "Step.checkpoint" }))
      .first()
      .waitFor();
    await workbench.page.locator(".tab.active", { hasText: "desk.tac" }).waitFor();
  });

  test("inputs are asked for with their descriptions and defaults", async () => {
    await openFile(workbench, "inputs.tac");
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

  test("an Enter that was meant for something else approves nothing, and closing decides nothing", async () => {
    const { page } = workbench;
    await openFile(workbench, "ask.tac");
    await workbench.command("Tactus: Run in Sandbox");
    await dialog().waitFor();
    await workbench.screenshot("approval");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await dismiss(dialog());
    await page.locator(".activitybar .badge-content", { hasText: "1" }).first().waitFor();
    await workbench.screenshot("questions");
    await question("Send the letter").click();
    await insist(() => dialog().getByRole("button", { name: "Reject" }).click(), pick("formal"));
    await row("Checkpoint 1: approval").filter({ hasText: "false" }).waitFor();
    await dismiss(page.locator(".quick-input-widget"));
    await question("Which tone?").waitFor();
    await workbench.command("Tactus: Cancel Run");
    await row("cancelled").waitFor();
    await workbench.command("Tactus: Clear Finished Runs");
  });

  test("the answers of a person reach the procedure", async () => {
    await openFile(workbench, "ask.tac");
    await workbench.command("Tactus: Run in Sandbox");
    await insist(() => dialog().getByRole("button", { name: "Approve" }).click(), pick("formal"));
    await workbench.screenshot("select");
    await insist(() => workbench.page.keyboard.press("Enter"), prompt("Who signs?"));
    await workbench.screenshot("input");
    await workbench.page.keyboard.type("Ann");
    await insist(() => workbench.page.keyboard.press("Enter"), pick("Edit First"));
    await workbench.screenshot("review");
  });

  test("a text can be edited in its review, and the edit is compared before it is sent", async () => {
    const { page } = workbench;
    await insist(
      () => page.keyboard.press("Enter"),
      page.locator('.editor-actions a[aria-label^="Use This Text"]'),
    );
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("My d");
    await workbench.screenshot("review-edit");
    await page.locator('.editor-actions a[aria-label^="Use This Text"]').click();
    await pick("Edit Again").waitFor();
    await page.locator(".monaco-diff-editor", { hasText: "dDear" }).waitFor();
    await workbench.screenshot("review-compare");
    await insist(() => pick("Approve").click(), prompt("Feedback"));
    await insist(() => page.keyboard.press("Enter"), row("completed"));
    await workbench.screenshot("answered");
  });

  test("without an engine nothing runs, and the weaker isolation is offered by name", async () => {
    const { page, server } = workbench;
    await workbench.command("Tactus: Clear Finished Runs");
    server.setMachineSettings({ "tactus.isolation": "docker", "tactus.nodePath": process.execPath });
    await openFile(workbench, "desk.tac");
    const notice = page.locator(".notifications-toasts .notification-list-item", {
      hasText: "container engine",
    });
    await insist(() => workbench.command("Tactus: Run in Sandbox"), notice.first());
    expect(await row("desk.tac").filter({ hasText: "docker" }).count()).toBe(0);
    await workbench.screenshot("no-engine");
    await notice.first().getByRole("button", { name: "Run Once with Embedded Isolation" }).click();
    await row("completed").waitFor();
  });

  test("the doctor says what is missing", async () => {
    await workbench.command("Tactus: Check the Sandbox");
    await workbench.page.locator(".view-line", { hasText: "NOT" }).first().waitFor();
    await workbench.screenshot("doctor");
  });

  test("nothing was asked of other machines", () => {
    expect(workbench.foreignRequests).toEqual([]);
  });
});

function row(text: string): Locator {
  return workbench.rows().filter({ hasText: text }).first();
}

function question(text: string): Locator {
  return workbench.page.getByRole("treeitem", { name: `Question, ${text}` }).first();
}

function prompt(text: string): Locator {
  return workbench.page.locator(".quick-input-widget", { hasText: text });
}

function dialog(): Locator {
  return workbench.page.locator(".monaco-dialog-box", { hasText: "ask.tac, line" });
}

function pick(text: string): Locator {
  return workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: text });
}

/** Closes a prompt for good: one that is closed in its first half second comes again. */
async function dismiss(shown: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await shown.isVisible()) await workbench.page.keyboard.press("Escape");
        await workbench.page.waitForTimeout(700);
        return shown.isVisible();
      },
      { timeout: 20_000 },
    )
    .toBe(false);
}

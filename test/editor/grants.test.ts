import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { studioCommand } from "#test/contract/studio.ts";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { packageExtension } from "#test/support/workbench/package-extension.ts";
import { insist, openFile } from "#test/support/workbench/person.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";

let workbench: Workbench;

/** What a folder's files ask for, put before a person. Screenshots lie in .cache/screenshots. */
describe.skipIf(skipped)(`grants on the screen ${skipped ?? ""}`, () => {
  beforeAll(async () => {
    if (!parts.ok) return;
    workbench = await startWorkbench(parts.value, {
      workspace: path.join(import.meta.dirname, "workspace"),
      vsix: packageExtension("grants"),
      machineSettings: { "tactus.isolation": "embedded", "tactus.nodePath": process.execPath },
      environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
    });
    mkdirSync(path.join(home(), "data"), { recursive: true });
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Tactus"]').click();
  });

  afterAll(async () => workbench?.close());

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await workbench.screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });

  test("before a run its folder's wishes stand there in plain words, none selected", async () => {
    await openFile(workbench, "asks.tac");
    await runAndAsk("Connects the sandbox");
    for (const words of [
      "Connects the sandbox to the network bridge",
      "Raises a limit: time 7200s",
      "Mounts ~/data, writable, at /data",
      "Starts the program npx -y @example/files /data inside the sandbox as the MCP server files",
    ])
      await wish(words).waitFor();
    expect(await page().locator(".quick-input-list .monaco-list-row").count()).toBe(4);
    expect(await page().locator('.quick-input-list input[type="checkbox"]:checked').count()).toBe(0);
    await page().locator(".quick-input-title", { hasText: "1 more can't be granted" }).waitFor();
    await workbench.screenshot("grants");
  });

  test("what does not fit into its row is read in full before it is granted", async () => {
    await wish("Starts the program npx").click();
    await insist(() => page().keyboard.press("Enter"), line("never given, whoever asks"));
    await page().locator(".quick-input-title", { hasText: "longer than its row" }).waitFor();
    await line('"args":["-y","@example/files","/data"]').waitFor();
    await workbench.screenshot("grants-in-full");
    expect(granted()).toEqual([]);
  });

  test("closing the question starts nothing", async () => {
    await page().keyboard.press("Escape");
    await page().locator(".quick-input-widget").waitFor({ state: "hidden" });
    expect(await workbench.rows().count()).toBe(0);
    expect(granted()).toEqual([]);
  });

  test("some are granted, the rest is left out, and nobody asks again", async () => {
    await openFile(workbench, "asks.tac");
    await runAndAsk("Connects the sandbox");
    await wish("Raises a limit").click();
    await insist(() => page().keyboard.press("Enter"), row("completed"));
    expect(started().ungranted.map(({ capability }) => capability)).toEqual([
      "network",
      "image",
      "mount",
      "tool.mcp",
    ]);
    expect(granted()).toEqual(["raises a limit: time 7200s"]);
    await clear();
    await insist(() => workbench.command("Tactus: Run in Sandbox"), row("completed"));
  });

  test("a changed content is asked about again, with what it was", async () => {
    const sidecar = path.join(workbench.server.workspace, "asks.tac.yml");
    writeFileSync(sidecar, readFileSync(sidecar, "utf8").replace("timeout: 7200", "timeout: 80000"));
    await clear();
    await runAndAsk("Raises a limit: time 80000s");
    await wish("changed, was: raises a limit: time 7200s").waitFor();
    await wish("as it was left out before").first().waitFor();
    await workbench.screenshot("grants-changed");
    await wish("Raises a limit").click();
    await insist(() => page().keyboard.press("Enter"), row("completed"));
    expect(granted()).toContain("raises a limit: time 80000s");
    await workbench.command("Tactus: Show Effective Configuration");
    await line("timeout: 80000").waitFor();
    await page().keyboard.press("Control+w");
    await openFile(workbench, "asks.tac");
  });

  test("what was granted is found and taken back, and then asked for again", async () => {
    await insist(() => workbench.command("Tactus: Manage Grants"), wish("asks.tac.yml"));
    await workbench.screenshot("grants-managed");
    await insist(() => page().keyboard.press("Enter"), wish("raises a limit: time 80000s"));
    await wish("raises a limit: time 80000s").click();
    await insist(
      () => page().keyboard.press("Enter"),
      page().locator(".statusbar-item", { hasText: "taken back" }),
    );
    expect(granted()).toEqual(["raises a limit: time 7200s"]);
    await clear();
    await runAndAsk("Raises a limit: time 80000s");
    await page().keyboard.press("Escape");
  });
});

const page = (): Workbench["page"] => workbench.page;

const home = (): string => path.dirname(workbench.server.workspace);

function wish(text: string): Locator {
  return page().locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
}

/** The command again would close the question, so it is given time to appear. */
async function runAndAsk(words: string): Promise<void> {
  await insist(async () => {
    await workbench.command("Tactus: Run in Sandbox");
    await wish(words).waitFor({ timeout: 6000 });
  }, wish(words));
  // Where it was, the pointer would show a hover over the rows.
  await page().mouse.move(700, 700);
}

/** Without the rows of before, one that is there is of the next run. */
async function clear(): Promise<void> {
  await insist(
    () => workbench.command("Tactus: Clear Finished Runs"),
    page().locator(".welcome-view-content", { hasText: "No runs are listed" }),
  );
}

/** A line of the document on the screen; VS Code draws blanks as no-break ones. */
function line(text: string): Locator {
  return page().locator(".view-line").getByText(text.replaceAll(" ", "\u00a0")).first();
}

function row(text: string): Locator {
  return workbench.rows().filter({ hasText: text }).first();
}

function studio(...args: readonly string[]): string {
  const environment = { PATH: process.env["PATH"] ?? "", HOME: home(), XDG_DATA_HOME: home() };
  return execFileSync(studioCommand, args, {
    cwd: workbench.server.workspace,
    env: environment,
    encoding: "utf8",
  });
}

/** What the command line lists as granted: it reads the same store. */
function granted(): string[] {
  const { grants } = JSON.parse(studio("grants", "list", "--json"));
  const entries: ReadonlyArray<{ words: string; isGranted: boolean }> = grants.flatMap(
    (kept: { entries: unknown }) => kept.entries,
  );
  return entries.filter(({ isGranted }) => isGranted).map(({ words }) => words);
}

/** The first event of the newest run. */
function started(): { readonly ungranted: ReadonlyArray<{ readonly capability: string }> } {
  const { runs } = JSON.parse(studio("runs", "list", "--json"));
  const [first = ""] = studio("runs", "events", runs[0].run).split("\n");
  return JSON.parse(first);
}

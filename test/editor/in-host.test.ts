import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { ownerLabels } from "#sandbox/docker/owner.ts";
import { type DockerEngine, startDockerEngine } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { remoteUri } from "#test/support/workbench/page.ts";
import { startWorkbench, type WorkbenchParts } from "#test/support/workbench/workbench.ts";
import type { HostReport } from "./host/report.ts";
import { bundleHostSuites, type HostSuite, hostSuites } from "./host-bundle.ts";

const root = path.resolve(import.meta.dirname, "../..");

const engine = await startDockerEngine();
afterAll(() => (engine.ok ? engine.value.dispose() : undefined));
const reasons = {
  docker: engine.ok ? undefined : `SKIPPED: ${engine.error.message}`,
  embedded: undefined,
};

/** Mocha inside the real extension host, with the extension from this checkout. */
describe.skipIf(skipped)(`in the extension host ${skipped ?? ""}`, () => {
  for (const { suite, trusted, isolation } of hostSuites) {
    const reason = reasons[isolation];
    const folder = trusted ? "a trusted folder" : "Restricted Mode";
    test.skipIf(reason)(
      `the suite ${suite} passes in ${folder}, runs in ${isolation} ${reason ?? ""}`,
      async () => {
        if (!parts.ok) throw new Error(skipped);
        const report = await runInHost(parts.value, { suite, trusted, isolation });
        expect(report.failed).toEqual([]);
        expect(report.finished).toBe(true);
        expect(report.passed.length).toBeGreaterThan(0);
        if (engine.ok && isolation === "docker")
          await expect.poll(() => sandboxesIn(engine.value), { timeout: 30_000 }).toEqual([]);
      },
    );
  }
});

/** Names of the containers of ours that an editor left. */
async function sandboxesIn(docker: DockerEngine): Promise<string[]> {
  const filters = { label: [ownerLabels.run] };
  const containers = await clientOf(docker).listContainers({ all: true, filters });
  return containers.flatMap(({ Names }) => Names);
}

async function runInHost(
  found: WorkbenchParts,
  { suite, trusted, isolation }: HostSuite,
): Promise<HostReport> {
  const testsPath = await bundleHostSuites();
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-host-report-"));
  const file = path.join(folder, "report.json");
  const ended = Promise.withResolvers<number>();
  const hostLog: string[] = [];
  const workbench = await startWorkbench(
    found,
    {
      workspace: path.join(import.meta.dirname, "workspace"),
      testDriver: true,
      trusted,
      machineSettings: { "tactus.isolation": isolation },
      environment: {
        TACTUS_HOST_REPORT: file,
        TACTUS_HOST_SUITE: suite,
        TACTUS_HOST_ISOLATION: isolation,
        ...(engine.ok && isolation === "docker" && { DOCKER_HOST: engine.value.address }),
      },
    },
    (server) => ({
      payload: [
        ["extensionDevelopmentPath", remoteUri(server, root)],
        ["extensionTestsPath", remoteUri(server, testsPath)],
      ],
      prepare: async (page) => {
        await page.exposeFunction("codeAutomationExit", (code: number) => ended.resolve(code));
        await page.exposeFunction("codeAutomationLog", (_kind: string, texts: readonly string[]) =>
          hostLog.push(...texts),
        );
      },
    }),
  );
  try {
    const code = await Promise.race([ended.promise, delay(120_000, -1)]);
    if (!existsSync(file))
      throw new Error(`the suites did not start (${code})\n${hostLog.join("\n").slice(-2000)}`);
    return JSON.parse(readFileSync(file, "utf8")) as HostReport;
  } finally {
    if (!existsSync(file)) await workbench.screenshot(`no-report-${suite}`);
    await workbench.close();
    rmSync(folder, { recursive: true });
  }
}

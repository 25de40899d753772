import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { bundleHostSuites } from "../editor/host-bundle.ts";

/**
 * `npm run test:electron`: the suite of the extension host in a downloaded desktop VS Code, the oldest supported and
 * the newest. It needs the internet and a display; `npm test` runs the same suite in code-server instead.
 */
const root = path.resolve(import.meta.dirname, "../..");
const extensionTestsPath = await bundleHostSuites();

for (const version of ["1.100.0", "stable"]) {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-electron-"));
  try {
    const workspace = path.join(folder, "workspace");
    cpSync(path.join(root, "test/editor/workspace"), workspace, { recursive: true });
    const settings = path.join(folder, "data/User");
    mkdirSync(settings, { recursive: true });
    writeFileSync(path.join(settings, "settings.json"), '{ "tactus.isolation": "embedded" }\n');
    await runTests({
      version,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      extensionTestsEnv: { TACTUS_HOST_SUITE: "trusted" },
      launchArgs: [
        workspace,
        "--disable-workspace-trust",
        "--disable-extensions",
        "--user-data-dir",
        path.join(folder, "data"),
      ],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

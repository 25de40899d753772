import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** A suite that runs inside an extension host: whether the folder is trusted there, and where procedures run. */
export interface HostSuite {
  readonly suite: "trusted" | "untrusted" | "authoring" | "questions" | "debugging";
  readonly trusted: boolean;
  readonly isolation: "docker" | "embedded";
}

export const hostSuites: readonly HostSuite[] = [
  { suite: "trusted", trusted: true, isolation: "embedded" },
  { suite: "trusted", trusted: true, isolation: "docker" },
  { suite: "untrusted", trusted: false, isolation: "embedded" },
  { suite: "questions", trusted: true, isolation: "embedded" },
  { suite: "debugging", trusted: true, isolation: "embedded" },
  { suite: "authoring", trusted: true, isolation: "embedded" },
  { suite: "authoring", trusted: false, isolation: "embedded" },
];

/** Bundles the suites for an extension host; gives back the file that `extensionTestsPath` names. */
export async function bundleHostSuites(): Promise<string> {
  const folder = path.join(root, ".cache/editor-host");
  const names = ["index", "trusted", "untrusted", "authoring", "questions", "debugging"];
  await build({
    entryPoints: names.map((name) => path.join(import.meta.dirname, "host", `${name}.ts`)),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    logLevel: "error",
  });
  return path.join(folder, "index.cjs");
}

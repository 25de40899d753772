import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** Suites that run inside an extension host, and whether the folder is trusted there. */
export const hostSuites = [
  { suite: "trusted", trusted: true },
  { suite: "untrusted", trusted: false },
] as const;

/** Bundles the suites for an extension host; gives back the file that `extensionTestsPath` names. */
export async function bundleHostSuites(): Promise<string> {
  const folder = path.join(root, ".cache/editor-host");
  const names = ["index", ...hostSuites.map(({ suite }) => suite)];
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

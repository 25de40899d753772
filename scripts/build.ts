import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, context } from "esbuild";
import { meteredLua } from "#lua/wasm/lua-module.ts";
import { bundles } from "./bundles.ts";
import { reportPageFile, writeReportPage } from "./report-page.ts";

/**
 * One build: every entry of the product, bundled into dist/. The metafiles are kept, since a test reads the one of
 * the sandbox runtime to prove that no host code is in it.
 */

await mkdir("dist", { recursive: true });
await buildAll();
if (process.argv.includes("--watch")) await watch();
const lua = await readFile("node_modules/wasmoon/dist/glue.wasm");
await writeFile("dist/runtime/lua.wasm", meteredLua(Uint8Array.from(lua)));
await cp("runtime/plugins/python", "dist/runtime/plugins", {
  recursive: true,
  filter: (file) => !file.includes("__pycache__"),
});

/** Renews the bundles; the page of reports, which is packed of them, is of the first build. */
async function watch(): Promise<void> {
  for (const options of Object.values(bundles)) await (await context(options)).watch();
}

async function buildAll(): Promise<void> {
  const made = new Set(["dist/runtime/lua.wasm"]);
  for (const [name, options] of Object.entries(bundles)) {
    const { metafile } = await build(options);
    const report = `dist/${name}.metafile.json`;
    await writeFile(report, JSON.stringify(metafile));
    for (const file of [report, ...Object.keys(metafile?.outputs ?? {})]) made.add(file);
  }
  await writeReportPage();
  await removeAllBut(made.add(reportPageFile));
}

/** Removes what earlier builds left, after the new files are in place: a program that starts meanwhile finds either. */
async function removeAllBut(made: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir("dist", { recursive: true, withFileTypes: true })) {
    const file = path.posix.join(entry.parentPath, entry.name);
    if (entry.isFile() && !made.has(file)) await rm(file, { force: true });
  }
}

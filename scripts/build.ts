import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { type BuildOptions, build, context } from "esbuild";

/**
 * One build: every entry of the product, bundled into dist/. The metafiles are kept, since a test reads the one of
 * the sandbox runtime to prove that no host code is in it.
 */

const shared: BuildOptions = {
  bundle: true,
  platform: "node",
  sourcemap: "linked",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  minifySyntax: true,
  // Native helpers of the engine client's ssh transport: optional, looked for at run time, not found in a bundle.
  external: ["*.node"],
};

/** Bundled CommonJS packages call `require` for Node's own modules; ES modules must be given one. */
const requireShim = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};

const entries: Record<string, BuildOptions> = {
  cli: {
    ...shared,
    entryPoints: { main: "cli/main.ts" },
    outdir: "dist/cli",
    format: "esm",
    splitting: true,
    target: "node22",
    banner: requireShim,
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
  },
  runtime: {
    ...shared,
    entryPoints: { main: "runtime/main.ts", worker: "runtime/worker.ts" },
    outdir: "dist/runtime",
    format: "esm",
    target: "node22",
    banner: requireShim,
    outExtension: { ".js": ".mjs" },
  },
  extension: {
    ...shared,
    entryPoints: { extension: "extension/activation/main.ts" },
    outdir: "dist/extension",
    format: "cjs",
    target: "node20",
    external: ["vscode", "*.node"],
    outExtension: { ".js": ".cjs" },
  },
  languageServer: {
    ...shared,
    entryPoints: { main: "language-server/main.ts" },
    outdir: "dist/language-server",
    format: "cjs",
    target: "node20",
    outExtension: { ".js": ".cjs" },
  },
};

const watch = process.argv.includes("--watch");
await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
for (const [name, options] of Object.entries(entries)) {
  if (watch) await (await context(options)).watch();
  else {
    const { metafile } = await build(options);
    await writeFile(`dist/${name}.metafile.json`, JSON.stringify(metafile));
  }
}
await cp("node_modules/wasmoon/dist/glue.wasm", "dist/runtime/lua.wasm");

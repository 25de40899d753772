import type { BuildOptions, Plugin } from "esbuild";
import { fengariConfiguration } from "#language-server/declaration-worker/fengari-configuration.ts";
import { builtinModules } from "./builtin-modules.ts";
import { inlineWorker } from "./inline-worker.ts";
import { packedWasm } from "./packed-wasm.ts";

/** What the product is bundled of: one esbuild run for each part of dist/. The attack suite builds variants of them. */

/**
 * What libraries load at their start and we never use would cost every run a tenth of a second. In the bundle it is
 * empty: the engine client's image builds over gRPC and engines over ssh, the schema library's messages in other
 * languages, what the MCP client would check results with. Node's own `https` and `zlib` are loaded when the engine client uses them.
 */
const leftOut: Plugin = {
  name: "left-out",
  setup({ onResolve, onLoad }) {
    onResolve(
      {
        filter:
          /^(@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|ssh2|tar-fs|\.\.\/locales\/index\.c?js|\.\.\/validation\/ajv-provider\.js)$/,
      },
      ({ path: name }) => ({
        path: name,
        namespace: "left-out",
      }),
    );
    onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** What Monaco has for files in other encodings than UTF-8, of which a page has none: a megabyte. */
const leftOutOfPage: Plugin = {
  name: "left-out-of-page",
  setup({ onResolve, onLoad }) {
    const namespace = "left-out";
    onResolve({ filter: /^(@vscode\/iconv-lite-umd|jschardet)$/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /.*/, namespace }, () => ({ contents: "module.exports = {};" }));
  },
};

const shared: BuildOptions = {
  bundle: true,
  platform: "node",
  sourcemap: "linked",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [leftOut],
};

/** Bundled CommonJS packages use `require` and `__dirname`; ES modules must be given them. */
const requireShim = {
  js: 'const require = process.getBuiltinModule("node:module").createRequire(import.meta.url), __dirname = import.meta.dirname;',
};

/** What the sandbox image holds. */
const sandboxed: BuildOptions = {
  ...shared,
  outdir: "dist/runtime",
  format: "esm",
  minify: true,
  target: "node22",
  banner: requireShim,
  plugins: [leftOut, builtinModules],
  outExtension: { ".js": ".mjs" },
};

/** CommonJS has no `import.meta`; the one place that would read it is given the path of the Lua module there. */
const withoutImportMeta: BuildOptions["logOverride"] = { "empty-import-meta": "silent" };

/** What runs in browsers has no process; the Lua engine reads its settings from one. */
const browser: BuildOptions = {
  ...shared,
  platform: "browser",
  format: "iife",
  target: "es2022",
  minify: true,
  define: {
    process: "undefined",
    "process.env.FENGARICONF": JSON.stringify(fengariConfiguration),
  },
};

/** What the page of reports is packed of (`scripts/report-page.ts`): scripts that know no address of their own. */
const reportPart: BuildOptions = {
  ...browser,
  outdir: "dist/web",
  sourcemap: false,
  plugins: [leftOutOfPage],
  alias: { vscode: "@codingame/monaco-vscode-extension-api" },
  loader: { ".ttf": "dataurl", ".svg": "dataurl", ".png": "dataurl", ".mp3": "empty", ".html": "text" },
  define: { ...browser.define, "import.meta.url": '"blob:report"' },
};

export const bundles: Readonly<Record<string, BuildOptions>> = {
  cli: {
    ...shared,
    entryPoints: { main: "cli/main.ts" },
    outdir: "dist/cli",
    format: "esm",
    splitting: true,
    target: "node22",
    banner: requireShim,
    plugins: [leftOut, builtinModules],
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
  },
  runtime: {
    ...sandboxed,
    entryPoints: {
      main: "runtime/main.ts",
      "self-test": "runtime/self-test/main.ts",
    },
  },
  // In pieces: a run that nobody debugs loads nothing of the debugger.
  worker: {
    ...sandboxed,
    entryPoints: { worker: "runtime/worker.ts" },
    splitting: true,
    chunkNames: "[name]-[hash]",
  },
  // A bundle of its own: a run that uses no MCP server loads nothing of it.
  mcp: {
    ...sandboxed,
    entryPoints: { mcp: "mcp/mcp-servers.ts" },
  },
  // A bundle of its own, in pieces: a run that reads no such file loads nothing of it.
  formats: {
    ...sandboxed,
    entryPoints: { formats: "runtime/formats/thread.ts" },
    plugins: [leftOut, builtinModules, packedWasm],
    splitting: true,
    chunkNames: "[name]-[hash]",
    // A map of the HDF5 library is twice its size and maps to generated code.
    sourcemap: false,
  },
  extension: {
    ...shared,
    entryPoints: { extension: "extension/activation/main.ts" },
    outdir: "dist/extension",
    format: "cjs",
    logOverride: withoutImportMeta,
    target: "node20",
    minify: true,
    external: ["vscode"],
    outExtension: { ".js": ".cjs" },
  },
  languageServer: {
    ...shared,
    entryPoints: {
      main: "language-server/main.ts",
      server: "language-server/server-process.ts",
      "declaration-worker": "language-server/declaration-worker/node-worker.ts",
    },
    outdir: "dist/language-server",
    format: "cjs",
    logOverride: withoutImportMeta,
    target: "node20",
    minify: true,
    outExtension: { ".js": ".cjs" },
  },
  browserExtension: {
    ...browser,
    entryPoints: { browser: "extension/activation/browser.ts" },
    outdir: "dist/extension",
    format: "cjs",
    external: ["vscode"],
    // The package is one of ES modules, which the extension host of a browser does not load.
    outExtension: { ".js": ".cjs" },
  },
  browserLanguageServer: {
    ...browser,
    entryPoints: { browser: "language-server/browser/main.ts" },
    outdir: "dist/language-server",
    plugins: [inlineWorker(browser)],
  },
  reportPage: { ...reportPart, entryPoints: { page: "web/page/main.ts", style: "web/page/page.css" } },
  reportEditor: {
    ...reportPart,
    entryPoints: { editor: "web/editor/main.ts", "editor-worker": "web/editor/editor-worker.ts" },
  },
};

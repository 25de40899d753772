import module from "node:module";
import path from "node:path";
import { startLanguageServer } from "./start-server.ts";

/** Milliseconds after which most of what a session needs is compiled. */
const keptAfter = 10_000;

/** The server of `main.ts`; the bundles of `dist/` stand beside each other. */
void startLanguageServer(path.resolve(__dirname, "declaration-worker.cjs")).then(() => process.exit());
// Editors may kill a server: what was compiled is written before that.
setTimeout(() => module.flushCompileCache?.(), keptAfter).unref();

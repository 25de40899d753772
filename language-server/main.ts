import path from "node:path";
import { startLanguageServer } from "./start-server.ts";

/** Entry of the server as a process of its own; the bundles of `dist/` stand beside each other. */
void startLanguageServer(path.resolve(__dirname, "declaration-worker.cjs")).then(() => process.exit());

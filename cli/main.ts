import { enableCompileCache } from "node:module";
import path from "node:path";
import { cacheFolder } from "#sandbox/setup.ts";
import { sandboxSetup } from "./sandbox-setup.ts";

// Entry. Every start but the first saves its compilation, if what is compiled is loaded after this. The folder is the
// person's own: one that others can write (the system's temporary folder, Node's default) would let them plant code.
enableCompileCache(path.join(cacheFolder(sandboxSetup), "compiled"));
const { commandLine } = await import("./command-line.ts");
await commandLine();

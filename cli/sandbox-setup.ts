import path from "node:path";
import type { SandboxSetup } from "#sandbox/setup.ts";

/** The bundles of `dist/` stand beside each other; this one is `dist/cli`. */
export const sandboxSetup: SandboxSetup = { runtimeFolder: path.resolve(import.meta.dirname, "../runtime") };

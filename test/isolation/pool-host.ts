import { createPool } from "#runs/session/isolations.ts";

/** A host that a test kills while two sandboxes wait. Argument: bundle folder. */
const [runtimeFolder = ""] = process.argv.slice(2);
const pool = await createPool({ runtimeFolder }, { size: 2, idleSeconds: 600 });
pool.prepare();
setInterval(() => undefined, 1000);

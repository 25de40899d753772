import { openIsolation } from "#sandbox/open-isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";

/**
 * A host that a test kills: starts a stand-in, prints the sandbox's id once the stand-in has answered, and waits.
 * Arguments: isolation, bundle folder, probe.
 */
const [isolationName, runtimeFolder = "", probe = "wait"] = process.argv.slice(2);
const isolation = await openIsolation(isolationName === "docker" ? "docker" : "embedded", { runtimeFolder });
const launched = await isolation.launch(defaultPolicy(`killed-host-${probe}`), new AbortController().signal);
if (!launched.ok) throw new Error(launched.error.message);
const { id, input, output } = launched.value;
output.once("data", () => process.stdout.write(`${id}\n`));
input.write(`${JSON.stringify({ version: 1, source: probe, input: {} })}\n`);
setInterval(() => undefined, 1000);

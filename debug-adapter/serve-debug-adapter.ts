import { DebugAdapter } from "./adapter.ts";
import type { DebugHost } from "./debug-host.ts";

/** Serves one debug session over standard input and output; resolves when the client is gone and nothing of its run is left. */
export async function serveDebugAdapter(host: DebugHost): Promise<void> {
  const adapter = new DebugAdapter(host);
  const { stdin, stdout } = process;
  const gone = new Promise<void>((resolve) => {
    stdin.once("end", resolve).once("close", resolve);
    stdout.once("error", () => resolve());
  });
  // A message that can't be read costs that message.
  adapter.on("error", () => undefined);
  adapter.start(stdin, stdout);
  await gone;
  await adapter.close();
}

import type { Isolation, IsolationName } from "./isolation.ts";
import type { SandboxSetup } from "./setup.ts";

/** The isolation of that name. Its code is loaded here: a run in one never loads the other's libraries. */
export async function openIsolation(name: IsolationName, setup: SandboxSetup): Promise<Isolation> {
  if (name === "docker") {
    const { DockerIsolation } = await import("./docker/docker-isolation.ts");
    return new DockerIsolation(setup);
  }
  const { EmbeddedIsolation } = await import("./embedded/embedded-isolation.ts");
  return new EmbeddedIsolation(setup);
}

import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationUnavailable, SandboxPolicy } from "../isolation.ts";
import { startFailed } from "./engine-error.ts";
import { type EngineInfo, engineInfo } from "./engine-info.ts";
import type { Engine } from "./open-engine.ts";

/** Whether the engine has what the policy wants the container to be run with. Nothing is asked for the default. */
export async function offersRuntime(
  { client }: Engine,
  runtime: SandboxPolicy["containerRuntime"],
): Promise<Result<void, IsolationUnavailable>> {
  if (runtime === "default") return ok(undefined);
  try {
    const info = await engineInfo(client);
    return info.Runtimes?.[runtime] === undefined ? fail(runtimeMissing(info)) : ok(undefined);
  } catch (error) {
    return fail(startFailed(error));
  }
}

function runtimeMissing({ Runtimes = {} }: EngineInfo): IsolationUnavailable {
  const offered = Object.keys(Runtimes).sort().join(", ");
  return {
    code: "container-runtime-missing",
    message: `The config asks for gVisor (\`sandbox.container_runtime: runsc\`), and the engine does not offer it; it offers ${offered || "none by name"}.`,
    remedy:
      "Install gVisor and register it with the engine (`runsc install`, then restart the engine), or remove the setting: the run then meets the machine's own kernel. Nothing was run.",
  };
}

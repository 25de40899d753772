import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationFacts, IsolationUnavailable } from "../isolation.ts";
import { engineControls } from "./engine-controls.ts";
import { engineInfo } from "./engine-info.ts";
import { type Engine, engineUnreachable } from "./open-engine.ts";

/** What this engine gives, control by control. */
export async function engineFacts({
  client,
  address,
}: Engine): Promise<Result<IsolationFacts, IsolationUnavailable>> {
  try {
    const info = await engineInfo(client);
    return ok({
      description: `Docker engine ${info.ServerVersion ?? "of unknown version"} on ${info.OperatingSystem ?? "an unknown system"} at ${address.url} (${address.origin})`,
      controls: engineControls(info),
    });
  } catch (error) {
    return fail(engineUnreachable([`${address.url} (${address.origin}): ${errorText(error)}`]));
  }
}

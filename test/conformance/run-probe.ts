import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { Json } from "#common/json.ts";
import type { RunEventOf } from "#protocol/events/events.ts";
import type { IsolationName } from "#sandbox/isolation.ts";
import { openDesk } from "#test/contract/studio.ts";

/** How a probe is run: where, with which inputs, and where the container engine is. */
export interface ProbeRun {
  readonly file: string;
  readonly input: Record<string, Json>;
  readonly isolation: IsolationName;
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs one probe through the built command to its last event; people, agents and models answer automatically. */
export async function runProbe(probe: ProbeRun): Promise<RunEventOf<"run.finished">> {
  const name = path.basename(probe.file);
  using desk = openDesk({ [name]: readFileSync(probe.file, "utf8") });
  const { stdout, stderr } = await desk.studio(
    [
      "run",
      name,
      "--isolation",
      probe.isolation,
      "--mock",
      "--json",
      "--input-json",
      JSON.stringify(probe.input),
    ],
    // The real cache: the image's digest is computed once for all probes.
    { XDG_CACHE_HOME: path.join(homedir(), ".cache"), ...probe.environment },
  );
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (!last.includes('"run.finished"')) throw new Error(`The probe did not finish: ${stderr || stdout}`);
  return JSON.parse(last);
}

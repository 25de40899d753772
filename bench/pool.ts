import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createIsolation, createPool } from "#runs/session/isolations.ts";
import type { RunRequest } from "#runs/session/session.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";
import { type Comparison, comparePaired } from "./paired.ts";
import { runInProcess } from "./run-in-process.ts";

const rounds = 15;
/** Between two runs of a person, in milliseconds; a container has long started by then. */
const betweenRuns = 1000;

/** Says one line: the first that comes out of Lua. */
const speaking = `Procedure {
    function(input)
        Log.info("here")
        return true
    end
}
`;

/** From the request to the first line out of Lua: in a container that waited, and in one that is started for the run. */
export async function measurePool(folder: string, setup: SandboxSetup): Promise<Comparison> {
  const file = path.join(folder, "speaking.tac");
  writeFileSync(file, speaking);
  const request = requestFor(folder, file, setup);
  const pool = await createPool(setup, { size: 1, idleSeconds: 60 });
  const isolation = await createIsolation("docker", setup);
  try {
    return await comparePaired(
      async () => {
        pool.prepare();
        await pause(betweenRuns);
        const { seconds, events } = await runInProcess({ request, isolation: pool, until: "log" });
        if (events.some(({ type }) => type === "sandbox.assigned")) return seconds;
        throw new Error("The run had to start its own container.");
      },
      async () => {
        await pause(betweenRuns);
        return (await runInProcess({ request, isolation, until: "log" })).seconds;
      },
      rounds,
    );
  } finally {
    await pool.dispose();
  }
}

/** What an editor asks for. */
export function requestFor(folder: string, file: string, sandboxSetup: SandboxSetup): RunRequest {
  const nothing = { input: {}, textInput: {}, mock: false, grantAll: false };
  return { file, workspaceRoot: folder, isolation: "docker", sandboxSetup, ...nothing };
}

import * as vscode from "vscode";
import { ok } from "#common/result.ts";
import type { DebugHost } from "#debug-adapter/debug-host.ts";
import { type LaunchArguments, workspaceOf } from "#debug-adapter/launch-arguments.ts";
import type { RunRequest } from "#runs/session/session.ts";
import type { RunController } from "../running/run-controller.ts";
import { notice } from "../screen/notices.ts";
import { readSettings } from "../settings/settings.ts";

/**
 * Starts runs for the debugger as commands start them: they stand in the Runs view, their questions in the inbox, and what
 * could not be started is told with the way out. The debugger then hears only that nothing was started.
 */
export function editorDebugHost(controller: RunController): DebugHost {
  return {
    replay: (start, watch) => controller.replay(start, watch),
    async start(start, { debugger: link }) {
      const services = link ? { debugger: link } : {};
      if (start.kind === "fork") {
        const { run, checkpoint, launch } = start;
        return ok(
          await controller.debugFrom({ workspaceRoot: workspaceOf(launch), run, checkpoint }, services),
        );
      }
      const file = vscode.Uri.file(start.program);
      if (!(await isWanted(start.launch, file))) return ok(undefined);
      const handle = await controller.debug(file, chosenIn(start.launch, file), services);
      return ok(handle && { handle, earlier: [] });
    },
  };
}

/** A `launch.json` comes with its folder: the weaker isolation is the person's to choose, in a setting or by a button. */
async function isWanted({ isolation }: LaunchArguments, file: vscode.Uri): Promise<boolean> {
  if (isolation !== "embedded" || readSettings(file).isolation === "embedded") return true;
  const text =
    "This launch configuration asks for the embedded isolation, which is weaker than a container. Nothing was run.";
  return (await notice.warning(text, "Run Once with Embedded Isolation")) !== undefined;
}

/** What a configuration says of a run. It may take the folder away from it, but not give what a setting of the person does not. */
function chosenIn(
  launch: LaunchArguments,
  file: vscode.Uri,
): Partial<RunRequest> & Pick<RunRequest, "input"> {
  const { input = {}, isolation, workspace, procedure, mock } = launch;
  const { workspace: own } = readSettings(file);
  const widens = workspace === "mount" && own !== undefined && own !== "mount";
  return {
    input,
    workspaceRoot: workspaceOf(launch),
    ...(isolation && { isolation }),
    ...(workspace && !widens && { workspace }),
    ...(procedure !== undefined && { procedure }),
    ...(mock !== undefined && { mock }),
  };
}

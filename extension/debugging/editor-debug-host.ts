import * as vscode from "vscode";
import { ok } from "#common/result.ts";
import type { DebugHost } from "#debug-adapter/debug-host.ts";
import { type LaunchArguments, workspaceOf } from "#debug-adapter/launch-arguments.ts";
import type { RunRequest } from "#runs/session/session.ts";
import type { RunController } from "../running/run-controller.ts";

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
      const handle = await controller.debug(vscode.Uri.file(start.program), chosenIn(start.launch), services);
      return ok(handle && { handle, earlier: [] });
    },
  };
}

/** What a configuration says of a run. A folder that is not trusted has no say: nothing runs there. */
function chosenIn(launch: LaunchArguments): Partial<RunRequest> & Pick<RunRequest, "input"> {
  const { input = {}, isolation, workspace, procedure, mock } = launch;
  return {
    input,
    workspaceRoot: workspaceOf(launch),
    ...(isolation && { isolation }),
    ...(workspace && { workspace }),
    ...(procedure !== undefined && { procedure }),
    ...(mock !== undefined && { mock }),
  };
}

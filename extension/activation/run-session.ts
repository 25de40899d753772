import { fail, ok } from "#common/result.ts";
import type { RunSession } from "../running/run-session.ts";
import type { EditorSandboxes } from "./editor-sandboxes.ts";

/**
 * Runs through `runs/session`, as the command line does. Its code (the engine's client, the model providers) is
 * loaded at the first run, not when the editor starts.
 */
export function createRunSession(sandboxes: EditorSandboxes): RunSession {
  return {
    async start(request, frontEnd) {
      const [{ preparePlan }, { startRun }] = await Promise.all([
        import("#runs/session/plan.ts"),
        import("#runs/session/start-run.ts"),
      ]);
      const plan = await preparePlan(request);
      if (!plan.ok) return plan;
      const isolation = await sandboxes.isolation(plan.value.isolation);
      const handle = await startRun(plan.value, { ...frontEnd, isolation });
      if (!handle.ok) return fail(handle.error);
      sandboxes.prepareAround(handle.value);
      const { notices, ungranted } = plan.value;
      return ok({ handle: handle.value, notices, ungranted });
    },
    async resume({ workspaceRoot, run }, frontEnd) {
      const [{ planResume, resumeRun }, { readJournal }, { runFolder }] = await Promise.all([
        import("#runs/session/resume-run.ts"),
        import("#runs/journal/journal-reader.ts"),
        import("#runs/journal/journal-folder.ts"),
      ]);
      const planned = await planResume({ workspaceRoot, run, grantAll: false });
      if (!planned.ok) return planned;
      const { plan } = planned.value;
      const isolation = await sandboxes.isolation(plan.isolation);
      const { events: earlier } = await readJournal(runFolder(workspaceRoot, run));
      const handle = await resumeRun(planned.value, { ...frontEnd(plan.request), isolation });
      if (!handle.ok) return fail(handle.error);
      sandboxes.prepareAround(handle.value);
      const { notices, ungranted, request } = plan;
      return ok({ handle: handle.value, notices, ungranted, request, earlier });
    },
  };
}

import { fail, ok } from "#common/result.ts";
import type { RunSession } from "../running/run-session.ts";
import type { EditorSandboxes } from "./editor-sandboxes.ts";

/**
 * Runs through `runs/session`, as the command line does. Its code (the engine's client, the model providers) is
 * loaded at the first run, not when the editor starts.
 */
export function createRunSession(sandboxes: EditorSandboxes): RunSession {
  return {
    async start(request, frontEnd, ask) {
      const [{ planGranted }, { startRun }] = await Promise.all([
        import("#runs/trust/plan-granted.ts"),
        import("#runs/session/start-run.ts"),
      ]);
      // With the installation the plan, and so its hash, has the image in it.
      const planned = await planGranted({ ...request, sandboxSetup: await sandboxes.setup() }, ask);
      if (!planned.ok) return planned;
      const plan = planned.value;
      if (!plan) return ok(undefined);
      const isolation = await sandboxes.isolation(plan.isolation);
      const handle = await startRun(plan, { ...frontEnd, isolation });
      if (!handle.ok) return fail(handle.error);
      sandboxes.prepareAround(handle.value);
      const { notices, ungranted } = plan;
      return ok({ handle: handle.value, notices, ungranted });
    },
    async review(request, ask) {
      const [{ preparePlan }, { planAnew }] = await Promise.all([
        import("#runs/session/plan.ts"),
        import("#runs/trust/plan-granted.ts"),
      ]);
      const plan = await preparePlan({ ...request, sandboxSetup: await sandboxes.setup() });
      if (!plan.ok) return plan;
      if (plan.value.asked.length === 0) return ok("nothing asked");
      const decided = await planAnew(plan.value, ask);
      if (!decided.ok) return decided;
      return ok(decided.value ? "decided" : "closed");
    },
    async resume({ workspaceRoot, run }, frontEnd) {
      const [{ planResume, resumeRun }, { readJournal }, { runFolder }] = await Promise.all([
        import("#runs/session/resume-run.ts"),
        import("#runs/journal/journal-reader.ts"),
        import("#runs/journal/journal-folder.ts"),
      ]);
      const planned = await planResume({
        workspaceRoot,
        run,
        grantAll: false,
        sandboxSetup: await sandboxes.setup(),
      });
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
    async stateBehind({ workspaceRoot, run }, checkpoint) {
      const [{ stateBehind }, { readJournal }, { runFolder }] = await Promise.all([
        import("#runs/session/fork-run.ts"),
        import("#runs/journal/journal-reader.ts"),
        import("#runs/journal/journal-folder.ts"),
      ]);
      return stateBehind((await readJournal(runFolder(workspaceRoot, run))).events, checkpoint);
    },
    async fork(request) {
      const { forkRun } = await import("#runs/session/fork-run.ts");
      return forkRun(request);
    },
    async replay(start, watch) {
      const { planReplay, replayRun } = await import("#runs/session/replay-run.ts");
      const sandboxSetup = await sandboxes.setup();
      const planned = await planReplay({ ...start, sandboxSetup, grantAll: false });
      if (!planned.ok) return;
      const isolation = await sandboxes.isolation(planned.value.plan.isolation);
      await replayRun(planned.value, isolation, () => undefined, watch);
    },
  };
}

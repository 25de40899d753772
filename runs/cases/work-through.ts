import { fail, ok, type Result } from "#common/result.ts";
import type { FileCases } from "#runs/cases/file-cases.ts";
import type { StartProblem } from "#runs/session/session.ts";

/**
 * Works through the cases of all files with so many sandboxes at a time. Files without a sandbox come first, so that
 * the cases of all are known early. The failure means that no sandbox can be had; what was done stays in the files.
 */
export async function workThrough<Planned>(
  files: readonly FileCases<Planned>[],
  { jobs, signal }: { readonly jobs: number; readonly signal: AbortSignal },
): Promise<Result<void, StartProblem>> {
  let problem: StartProblem | undefined;
  const slot = async (): Promise<void> => {
    for (;;) {
      if (problem || signal.aborted) return;
      const file = nextFile(files);
      const planning = files.flatMap((each) => each.planning ?? []);
      if (!file && planning.length === 0) return;
      if (!file) {
        await Promise.race(planning);
        continue;
      }
      const worked = await file.work(signal);
      if (!worked.ok) problem ??= worked.error;
    }
  };
  await Promise.all(Array.from({ length: jobs }, slot));
  return problem ? fail(problem) : ok(undefined);
}

function nextFile<Planned>(files: readonly FileCases<Planned>[]): FileCases<Planned> | undefined {
  const waiting = files.filter((file) => file.wantsSandbox);
  return waiting.find((file) => file.running === 0) ?? waiting[0];
}

import path from "node:path";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { serveRun } from "#report/live/serve-run.ts";
import { readRunPage } from "#report/run-page.ts";
import { writeReport } from "#report/write-report.ts";
import { print } from "../output/terminal.ts";
import { reportTemplate } from "../report-template.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { UsageError } from "../usage-error.ts";
import { existingRun } from "./existing-run.ts";

/** `runs show ID --html DIR`: the run as a page that opens from a disk. */
export async function writeRunReport(id: string, folder: string): Promise<ExitCode> {
  const { run } = await existingRun(id);
  const page = await readRunPage(process.cwd(), run);
  const file = path.resolve(folder, "index.html");
  const written = await writeReport(page, { template: reportTemplate, file });
  if (!written.ok) throw new UsageError(written.error);
  print(path.relative(process.cwd(), file));
  return exitCodes.done;
}

/** `runs show ID --web`: the same page, served to this machine while the run goes on; Ctrl-C ends it. */
export async function serveRunReport(id: string): Promise<ExitCode> {
  const { run } = await existingRun(id);
  const server = await serveRun({ workspaceRoot: process.cwd(), run, template: reportTemplate });
  print(server.address);
  await untilInterrupted((signal) => new Promise((resolve) => signal.addEventListener("abort", resolve)));
  await server.dispose();
  return exitCodes.done;
}

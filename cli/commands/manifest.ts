import { withoutKeys } from "#language/text-checks/hidden-keys.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { ManifestEntry, ManifestReport } from "#protocol/reports/manifest-report.ts";
import { planManifest } from "#runs/session/plan-manifest.ts";
import { manifestLines } from "../output/manifest-lines.ts";
import { print, printJson } from "../output/terminal.ts";
import { planOfFile } from "../plan-of-file.ts";
import { refuse } from "../refuse.ts";

/** `manifest FILE`: what the procedure may touch, as a run of it would start. Nothing is started. */
export async function manifest(file: string, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const { plan, workspaceRoot } = await planOfFile(file);
  if (!plan.ok) return refuse(plan.error, workspaceRoot);
  const { file: name, entries } = await planManifest(plan.value);
  const report: ManifestReport = { file: name, hash: plan.value.manifest, entries: entries.map(printable) };
  if (json) printJson(report);
  else print(manifestLines(report).join("\n"));
  return exitCodes.done;
}

/** Without the keys that it may quote: what is printed here ends up in logs and on code hosts. */
function printable({ target, detail, ...entry }: ManifestEntry): ManifestEntry {
  return { ...entry, target: withoutKeys(target), detail: withoutKeys(detail) };
}

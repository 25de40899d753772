import path from "node:path";
import { withoutKeys } from "#language/text-checks/hidden-keys.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { ManifestEntry, ManifestReport } from "#protocol/reports/manifest-report.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { planManifest } from "#runs/session/plan-manifest.ts";
import { manifestLines } from "../output/manifest-lines.ts";
import { print, printJson } from "../output/terminal.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { workspaceRootOf } from "../workspace-root.ts";

/** `manifest FILE`: what the procedure may touch, as a run of it would start. Nothing is started. */
export async function manifest(file: string, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const absolute = path.resolve(file);
  const workspaceRoot = workspaceRootOf(absolute);
  const plan = await preparePlan({
    file: absolute,
    workspaceRoot,
    input: {},
    textInput: {},
    mock: false,
    grantAll: false,
    sandboxSetup,
  });
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

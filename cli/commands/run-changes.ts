import type { Result } from "#common/result.ts";
import { oneLine } from "#common/visible-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import {
  applicableChanges,
  type ProposedChange,
  type RefusedChange,
  runChanges,
} from "#runs/session/run-changes.ts";
import { changePatch } from "../output/change-patch.ts";
import { printProblem } from "../output/problem-text.ts";
import { print, printAside, printJson, printPart } from "../output/terminal.ts";
import { UsageError } from "../usage-error.ts";
import { existingRun } from "./existing-run.ts";

export interface ChangeOptions {
  readonly json: boolean;
  /** Risky files that the person confirms by their names. */
  readonly confirm?: readonly string[];
  /** Files that changed meanwhile, to be written over. */
  readonly overwrite?: readonly string[];
}

/** `runs diff ID [FILE…]`: what a run on a copied workspace would change, as patches. */
export async function diff(id: string, files: readonly string[], { json }: ChangeOptions): Promise<ExitCode> {
  const { run } = await existingRun(id);
  const open = await decidable(await runChanges(process.cwd(), run)).list();
  const changes = files.length === 0 ? open : open.filter((change) => files.includes(change.path));
  if (json) printJson({ changes: changes.map(described) });
  else if (open.length === 0) print("The run left no changes.");
  else for (const change of changes) printPart(changePatch(change));
  return toldUnknown(
    files,
    open.map((change) => change.path),
  );
}

/** `runs apply ID [FILE…]`: writes changes into the folder; nothing when one of them is refused. */
export async function apply(id: string, files: readonly string[], options: ChangeOptions): Promise<ExitCode> {
  const { run } = await existingRun(id);
  const changes = decidable(await applicableChanges(process.cwd(), run));
  const { applied, refused } = await changes.apply({
    ...(files.length > 0 && { paths: files }),
    confirmed: options.confirm ?? [],
    overwritten: options.overwrite ?? [],
  });
  const names = refused.map((change) => change.path);
  if (options.json) printJson({ applied, refused: names, reasons: refused });
  else for (const file of applied) print(oneLine(file, 400));
  if (refused.length === 0) return exitCodes.done;
  const what = applied.length === 0 ? "Nothing was applied" : "Some changes were not applied";
  printProblem(`${what}:`);
  for (const change of refused) printAside(refusedLine(change));
  return exitCodes.failed;
}

/** `runs discard ID [FILE…]`: forgets changes; the folder was never touched. */
export async function discard(
  id: string,
  files: readonly string[],
  { json }: ChangeOptions,
): Promise<ExitCode> {
  const { run } = await existingRun(id);
  const changes = decidable(await runChanges(process.cwd(), run));
  const discarded = await changes.discard(files.length > 0 ? files : undefined);
  if (json) printJson({ discarded: true, files: discarded });
  return toldUnknown(files, discarded);
}

function decidable<Changes>(changes: Result<Changes, string>): Changes {
  if (!changes.ok) throw new UsageError(changes.error);
  return changes.value;
}

function described({ path: file, kind, proposed, conflicting, risk }: ProposedChange) {
  return { path: file, kind, bytes: proposed?.length ?? 0, conflicting, ...(risk && { risk: risk.message }) };
}

const ways: Readonly<Partial<Record<RefusedChange["code"], (file: string) => string>>> = {
  risky: (file) => ` To apply it: --confirm ${file}`,
  conflict: (file) => ` To write over it: --overwrite ${file}`,
};

function refusedLine({ path: file, code, message }: RefusedChange): string {
  return `  ${oneLine(`${file}: ${message}${ways[code]?.(file) ?? ""}`, 600)}`;
}

function toldUnknown(asked: readonly string[], known: readonly string[]): ExitCode {
  const unknown = asked.filter((file) => !known.includes(file));
  if (unknown.length === 0) return exitCodes.done;
  const names = unknown.join(", ");
  printProblem(`The run left no open change of ${names}.`);
  return exitCodes.failed;
}

import path from "node:path";
import { createTwoFilesPatch } from "diff";
import { visibleText } from "#common/visible-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";
import { ChangeSet, type ProposedChange } from "#sandbox/workspace/change-set.ts";
import { problemText } from "../output/problem-text.ts";
import { UsageError } from "../usage-error.ts";
import { existingRun } from "./existing-run.ts";

interface OutputOptions {
  readonly json: boolean;
}

/** `runs diff ID`: what a run on a copied workspace would change, as a patch. */
export async function diff(id: string, { json }: OutputOptions): Promise<ExitCode> {
  const changes = await (await changesOf(id)).list();
  if (json) process.stdout.write(`${JSON.stringify({ changes: changes.map(described) })}\n`);
  else if (changes.length === 0) process.stdout.write("The run left no changes.\n");
  else for (const change of changes) process.stdout.write(patchOf(change));
  return exitCodes.done;
}

/** `runs apply ID`: writes the changes into the folder; nothing when one of its files changed meanwhile. */
export async function apply(id: string, { json }: OutputOptions): Promise<ExitCode> {
  const { applied, refused } = await (await changesOf(id)).apply();
  if (json) process.stdout.write(`${JSON.stringify({ applied, refused })}\n`);
  else for (const file of applied) process.stdout.write(`${visibleText(file)}\n`);
  if (refused.length === 0) return exitCodes.done;
  const names = refused.map((file) => visibleText(file)).join(", ");
  process.stderr.write(
    `${problemText(`Not applied, since these files changed since the run began, or may not be written: ${names}.`)}\n`,
  );
  return exitCodes.failed;
}

/** `runs discard ID`: forgets the changes; the folder was never touched. */
export async function discard(id: string, { json }: OutputOptions): Promise<ExitCode> {
  await (await changesOf(id)).discard();
  if (json) process.stdout.write(`${JSON.stringify({ discarded: true })}\n`);
  return exitCodes.done;
}

async function changesOf(id: string): Promise<ChangeSet> {
  const { run } = await existingRun(id);
  const folder = runFolder(process.cwd(), run);
  if (isClaimed(folder)) throw new UsageError(`Run ${run} is under way: its changes are not complete yet.`);
  return new ChangeSet(process.cwd(), path.join(folder, "changes"));
}

function described({ path: file, kind, proposed, conflicting }: ProposedChange) {
  return { path: file, kind, bytes: proposed?.length ?? 0, conflicting };
}

function patchOf({ path: file, current, proposed, conflicting }: ProposedChange): string {
  const before = textOf(current);
  const after = textOf(proposed);
  const note = conflicting ? "changed since the run began" : undefined;
  if (before === undefined || after === undefined) return `${visibleText(file)}: binary\n`;
  const old = current === undefined ? "/dev/null" : `a/${file}`;
  return visibleText(createTwoFilesPatch(old, `b/${file}`, before, after, note, undefined));
}

/** Empty for no file, undefined for what is no text. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes ?? new Uint8Array());
  } catch {
    // Binary files are named, not shown.
    return undefined;
  }
}

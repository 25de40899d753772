import { ok, type Result } from "#common/result.ts";
import type { AskedEntry, FileIdentity } from "#runs/trust/asked-entries.ts";
import { type GrantDecision, listDecisions, writeDecision } from "#runs/trust/grant-store.ts";

/**
 * Keeps what the person decided about everything that files ask for: the entries of these ids are granted, all others
 * of the same files left out. It holds for exactly this content of each file.
 */
export async function keepDecision(
  entries: readonly AskedEntry[],
  granted: ReadonlySet<string>,
): Promise<Result<void, string>> {
  const asked = entries.filter(({ state }) => state !== "never");
  const byFile = Map.groupBy(asked, ({ asking }) => asking.name);
  for (const [name, ofFile] of byFile) {
    const [first] = ofFile;
    const kept = first && (await writeDecision(name, decisionOf(first.asking, ofFile, granted)));
    if (kept && !kept.ok) return kept;
  }
  return ok(undefined);
}

function decisionOf(
  { hostFile, content }: FileIdentity,
  entries: readonly AskedEntry[],
  granted: ReadonlySet<string>,
): GrantDecision {
  return {
    version: 1,
    file: hostFile,
    content,
    time: new Date().toISOString(),
    entries: entries.map(({ id, path, content: entryContent, words }) => ({
      path: [...path],
      content: entryContent,
      words,
      isGranted: granted.has(id),
    })),
  };
}

/** What became of an entry since the person last decided about another content of its file. */
export type EntryChange =
  | { readonly kind: "new" }
  | { readonly kind: "same"; readonly wasGranted: boolean }
  | { readonly kind: "changed"; readonly before: string };

/** How what files ask for differs from what the person last decided about them. */
export interface ChangedWishes {
  /** By the entry's id; empty for files that were never decided about. */
  readonly changes: ReadonlyMap<string, EntryChange>;
  /** What was granted and is asked for no more, in plain words. */
  readonly gone: readonly string[];
}

/** Compares what files ask for with the newest decision about each of them as it was before. */
export async function changesSinceDecided(entries: readonly AskedEntry[]): Promise<ChangedWishes> {
  const decisions = await listDecisions();
  const changes = new Map<string, EntryChange>();
  const gone: string[] = [];
  for (const [hostFile, ofFile] of Map.groupBy(entries, ({ asking }) => asking.hostFile)) {
    const earlier = decisions.find(
      ({ name, decision }) => decision.file === hostFile && name !== ofFile[0]?.asking.name,
    );
    if (!earlier) continue;
    for (const entry of ofFile) changes.set(entry.id, changeOf(entry, earlier.decision));
    gone.push(...goneFrom(earlier.decision, ofFile));
  }
  return { changes, gone };
}

function changeOf({ content, path }: AskedEntry, { entries }: GrantDecision): EntryChange {
  const same = entries.find((entry) => entry.content === content);
  if (same) return { kind: "same", wasGranted: same.isGranted };
  const before = entries.find((entry) => isSamePath(entry.path, path));
  return before ? { kind: "changed", before: before.words } : { kind: "new" };
}

function goneFrom({ entries }: GrantDecision, now: readonly AskedEntry[]): string[] {
  return entries
    .filter(
      ({ content, path, isGranted }) =>
        isGranted && !now.some((entry) => entry.content === content || isSamePath(entry.path, path)),
    )
    .map(({ words }) => words);
}

function isSamePath(one: AskedEntry["path"], other: AskedEntry["path"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

import { ok, type Result } from "#common/result.ts";
import { maximumConfigBytes } from "#language/sidecar/config-path.ts";
import { readTextFile, sha256 } from "#runs/session/source-files.ts";
import { entryId, idLength } from "#runs/trust/asked-entries.ts";
import {
  forgetDecision,
  type GrantDecision,
  type KeptDecision,
  listDecisions,
  writeDecision,
} from "#runs/trust/grant-store.ts";

/** A decision of the past as it is listed. */
export interface KeptGrants {
  readonly id: string;
  /** Absolute path of the file that asked. */
  readonly file: string;
  /** ISO 8601. */
  readonly time: string;
  /** Whether the file is still the one that was decided about; only then the grants count. */
  readonly state: "current" | "changed" | "gone";
  readonly entries: ReadonlyArray<{
    readonly id: string;
    readonly words: string;
    readonly isGranted: boolean;
  }>;
}

/** Everything that the person decided, newest first. */
export async function listGrants(): Promise<readonly KeptGrants[]> {
  return Promise.all((await listDecisions()).map(keptGrants));
}

async function keptGrants({ name, decision }: KeptDecision): Promise<KeptGrants> {
  const { file, time, entries } = decision;
  return {
    id: name.slice(0, idLength),
    file,
    time,
    state: await stateOf(decision),
    entries: entries.map((entry) => ({
      id: entryId(name, entry),
      words: entry.words,
      isGranted: entry.isGranted,
    })),
  };
}

async function stateOf({ file, content }: GrantDecision): Promise<KeptGrants["state"]> {
  const read = await readTextFile(file, { maximumBytes: maximumConfigBytes });
  if (!read.ok) return read.error.kind === "missing" ? "gone" : "changed";
  return sha256(read.value) === content ? "current" : "changed";
}

/**
 * Takes grants back: all of a file, or single entries, by their ids. What is taken back is asked for again. Gives the
 * ids that nothing has.
 */
export async function revokeGrants(ids: ReadonlySet<string>): Promise<Result<readonly string[], string>> {
  const unknown = new Set(ids);
  for (const kept of await listDecisions()) {
    const id = kept.name.slice(0, idLength);
    const named = kept.decision.entries
      .map((entry) => entryId(kept.name, entry))
      .filter((entry) => ids.has(entry));
    for (const known of [id, ...named]) unknown.delete(known);
    if (ids.has(id)) await forgetDecision(kept.name);
    else if (named.length > 0) {
      const written = await writeDecision(kept.name, without(kept, new Set(named)));
      if (!written.ok) return written;
    }
  }
  return ok([...unknown]);
}

function without({ name, decision }: KeptDecision, revoked: ReadonlySet<string>): GrantDecision {
  return {
    ...decision,
    entries: decision.entries.map((entry) =>
      revoked.has(entryId(name, entry)) ? { ...entry, isGranted: false } : entry,
    ),
  };
}

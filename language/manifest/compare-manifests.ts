import { isSameJson } from "#common/json.ts";
import type { Manifest } from "#language/manifest/manifest.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

/** What one manifest has that another one has not. That an entry moved to another line is no change. */
export interface ManifestChange {
  readonly added: readonly ManifestEntry[];
  readonly removed: readonly ManifestEntry[];
  /** The same thing for the same agent, under other terms. */
  readonly changed: ReadonlyArray<{ readonly before: ManifestEntry; readonly after: ManifestEntry }>;
}

/** Compares two versions of a manifest; without one of them everything is added, or removed. */
export function compareManifests(before: Manifest | undefined, after: Manifest | undefined): ManifestChange {
  const earlier = byIdentity(before);
  const later = byIdentity(after);
  const kept = [...later].flatMap(([key, entry]) => {
    const known = earlier.get(key);
    return known ? [{ before: known, after: entry }] : [];
  });
  return {
    added: [...later].flatMap(([key, entry]) => (earlier.has(key) ? [] : [entry])),
    removed: [...earlier].flatMap(([key, entry]) => (later.has(key) ? [] : [entry])),
    changed: kept.filter((pair) => !hasSameTerms(pair.before, pair.after)),
  };
}

/** Entries by what they are about; of several with the same turn of an agent, each counts. */
function byIdentity(manifest: Manifest | undefined): ReadonlyMap<string, ManifestEntry> {
  const entries = new Map<string, ManifestEntry>();
  const seen = new Map<string, number>();
  for (const entry of manifest?.entries ?? []) {
    const { capability, target, agent, turn } = entry;
    const identity = JSON.stringify([capability, target, agent ?? null, turn ?? false]);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    entries.set(JSON.stringify([identity, count]), entry);
  }
  return entries;
}

function hasSameTerms(one: ManifestEntry, other: ManifestEntry): boolean {
  return (
    one.trust === other.trust &&
    one.detail === other.detail &&
    one.granted === other.granted &&
    isSameJson(one.value, other.value)
  );
}

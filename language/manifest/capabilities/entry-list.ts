import type { SourceLine } from "#common/text-position.ts";
import { originOf, type Placed } from "#language/manifest/sources/placed.ts";
import {
  dynamicTarget,
  type ManifestCapability,
  type ManifestEntry,
} from "#protocol/reports/manifest-report.ts";

/** What the text of a procedure asks for, before it is known where that stands. */
export interface Wanted {
  readonly capability: ManifestCapability;
  /** Absent: only a run can know. */
  readonly target: string | undefined;
  readonly detail: string;
  readonly agent?: string | undefined;
  readonly name?: string | undefined;
  readonly turn?: boolean;
  readonly value?: ManifestEntry["value"];
}

/** Capabilities that a procedure can't have without a config that gives them. */
const givenByConfig: ReadonlySet<ManifestCapability> = new Set([
  "tool.mcp",
  "tool.plugin",
  "tool.host",
  "mount",
  "env",
  "command",
  "image",
]);

/** The entries of a manifest, each thing once for each agent. */
export class EntryList {
  readonly #entries = new Map<string, ManifestEntry>();

  add({ target = dynamicTarget, agent, name, turn, ...wanted }: Wanted, place: Placed | SourceLine): void {
    const entry: ManifestEntry = {
      capability: wanted.capability,
      target,
      trust: givenByConfig.has(wanted.capability) ? "trusted" : "sandboxed",
      origin: "line" in place ? place : originOf(place),
      detail: wanted.detail,
      ...(agent !== undefined && { agent }),
      ...(name !== undefined && name !== target && { name }),
      ...(turn && { turn }),
      ...(wanted.value !== undefined && { value: wanted.value }),
    };
    const { file, line } = entry.origin;
    const turnPlace = turn ? [file, line] : [];
    const key = JSON.stringify([entry.capability, target, agent ?? null, entry.name ?? null, ...turnPlace]);
    if (!this.#entries.has(key)) this.#entries.set(key, entry);
  }

  get entries(): readonly ManifestEntry[] {
    return [...this.#entries.values()];
  }
}

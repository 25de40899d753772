import type { ManifestChange } from "#language/manifest/compare-manifests.ts";
import type { ManifestCapability, ManifestEntry } from "#protocol/reports/manifest-report.ts";
import type { Meaning, ReviewRisk } from "#protocol/reports/review-report.ts";

const topics: Readonly<Record<ManifestCapability, Meaning["topic"]>> = {
  model: "model",
  "tool.lua": "tools",
  "tool.mcp": "tools",
  "tool.plugin": "tools",
  "tool.host": "tools",
  human: "people",
  "file.read": "files",
  "file.write": "files",
  mount: "files",
  network: "network",
  env: "environment",
  command: "commands",
  image: "trust",
  limit: "limits",
};

/** What reaches out of the sandbox, be it through what a config already grants. */
const reachingOut: ReadonlySet<ManifestCapability> = new Set([
  "tool.mcp",
  "tool.plugin",
  "tool.host",
  "mount",
  "network",
  "env",
  "command",
  "image",
]);

/** What the difference of two manifests means. */
export function manifestMeanings({ added, removed, changed }: ManifestChange): Meaning[] {
  return [
    ...added
      .filter((entry) => !isUsualLimit(entry))
      .map((entry) => ({
        ...about(entry),
        risk: riskOfNew(entry),
        message: `now ${words(entry)}`,
        head: entry.origin,
      })),
    ...changed.map(({ before, after }) => ({
      ...about(after),
      risk: riskOfChange(before, after),
      message: `now ${words(after)}${before.detail === after.detail ? "" : `; before, it ${before.detail}`}`,
      base: before.origin,
      head: after.origin,
    })),
    ...removed
      .filter((entry) => !isUsualLimit(entry))
      .map((entry) => ({
        ...about(entry),
        risk: riskOfLoss(entry),
        message: `no longer ${words(entry)}`,
        base: entry.origin,
      })),
  ];
}

/** What every run has as long as no config says anything; what a config says is told with the config. */
function isUsualLimit({ capability, trust }: ManifestEntry): boolean {
  return capability === "limit" && trust === "trusted";
}

function words({ detail, agent }: ManifestEntry): string {
  return agent === undefined ? detail : `${detail} (agent ${agent})`;
}

function about({ capability, agent }: ManifestEntry): Pick<Meaning, "topic" | "subject"> {
  return { topic: topics[capability], ...(agent !== undefined && { subject: agent }) };
}

function riskOfNew({ capability, trust }: ManifestEntry): ReviewRisk {
  if (capability === "limit") return "none";
  return trust === "trusted" || reachingOut.has(capability) ? "high" : "low";
}

function riskOfChange(before: ManifestEntry, after: ManifestEntry): ReviewRisk {
  if (after.capability !== "limit") return riskOfNew(after);
  const isRaised =
    typeof before.value === "number" && typeof after.value === "number" && after.value > before.value;
  if (!isRaised) return "none";
  return after.trust === "trusted" ? "high" : "low";
}

/** A person who is no longer asked, and a bound that no longer holds, are losses. */
function riskOfLoss({ capability }: ManifestEntry): ReviewRisk {
  if (capability === "human") return "high";
  return capability === "limit" ? "low" : "none";
}

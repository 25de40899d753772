import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { Ceilings, LimitName } from "#language/sidecar/resolved-config.ts";
import type { Setting, Trust } from "#language/sidecar/setting.ts";
import { parseSize } from "#language/sidecar/sizes.ts";

type CeilingsSection = NonNullable<ConfigFile["ceilings"]>;

/** What the section `ceilings` says: only the person's own config bounds what a grant can give. */
export function* ceilingSettings(section: CeilingsSection): Generator<Setting> {
  for (const [key, value] of Object.entries(section)) {
    yield {
      path: ["ceilings", key],
      capability: "ceiling",
      target: `${key} ${value}`,
      needs: "trusted",
      apply: (config) => ({ ...config, ceilings: mostOf(config.ceilings, section) }),
    };
  }
}

function mostOf(below: Ceilings, section: CeilingsSection): Ceilings {
  return {
    limits: { ...below.limits, ...limitsOf(section) },
    never: [...new Set([...below.never, ...(section.never ?? [])])],
  };
}

function limitsOf({
  memory,
  cpus,
  timeout,
  cost,
  tokens,
  turns,
  tool_calls,
}: CeilingsSection): Ceilings["limits"] {
  const limits: ReadonlyArray<readonly [LimitName, number | undefined]> = [
    ["memory", memory === undefined ? undefined : parseSize(memory)],
    ["cpus", cpus === undefined ? undefined : Number(cpus)],
    ["time", timeout],
    ["cost", cost],
    ["tokens", tokens],
    ["turns", turns],
    ["tool_calls", tool_calls],
  ];
  return Object.fromEntries(limits.filter(([, value]) => value !== undefined));
}

/** How much trust a folder's wish takes under the person's ceilings: what goes beyond them nobody can grant. */
export function trustUnder({ limits, never }: Ceilings, { needs, amount, capability }: Setting): Trust {
  if (needs !== "grant") return needs;
  const most = amount && limits[amount.limit];
  const isBeyond = amount !== undefined && most !== undefined && amount.value > most;
  return isBeyond || never.includes(capability) ? "trusted" : "grant";
}

import type { SourceLine } from "#common/text-position.ts";
import type { Decision, Resolution } from "#language/sidecar/layers.ts";
import type { LimitName, ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import { formatSize } from "#language/sidecar/sizes.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

/** What a run may take at most, each with the line that sets it, and what a folder asked for beyond that. */
export function limitEntries({ config, decisions }: Resolution, procedure: string): ManifestEntry[] {
  const inForce = Object.entries(limits).map(([name, limit]): ManifestEntry => {
    const value = limit.of(config);
    const setter = decisions.findLast(({ isGiven, setting }) => isGiven && setting.amount?.limit === name);
    const origin = setter ? originOf(setter) : { file: procedure, line: 1 };
    const detail = `takes at most ${limit.words(value)}${setter ? "" : " (the default)"}`;
    return { capability: "limit", target: name, trust: "trusted", origin, detail, value };
  });
  return [...inForce, ...decisions.flatMap(refused)];
}

/** A limit that a folder's file wants to raise, and was not given. */
function refused(decision: Decision): ManifestEntry[] {
  const { amount } = decision.setting;
  if (!amount || decision.isGiven) return [];
  const { limit, value } = amount;
  const detail = `asks for ${limits[limit].words(value)}`;
  return [
    {
      capability: "limit",
      target: limit,
      trust: "trusted",
      origin: originOf(decision),
      detail,
      value,
      granted: false,
    },
  ];
}

function originOf({ layer, written }: Decision): SourceLine {
  return { file: layer.read.file, line: layer.read.lineOf(written.path) };
}

interface Limit {
  readonly of: (config: ResolvedConfig) => number;
  readonly words: (value: number) => string;
}

const counted = (value: number): string => value.toLocaleString("en");

const limits: Readonly<Record<LimitName, Limit>> = {
  time: { of: ({ sandbox }) => sandbox.timeSeconds, words: (value) => `${counted(value)} seconds` },
  memory: { of: ({ sandbox }) => sandbox.memoryBytes, words: (value) => `${formatSize(value)} of memory` },
  cpus: { of: ({ sandbox }) => sandbox.cpus, words: (value) => `${counted(value)} processors` },
  cost: { of: ({ spending }) => spending.cost, words: (value) => `${counted(value)} US dollars for models` },
  tokens: { of: ({ spending }) => spending.tokens, words: (value) => `${counted(value)} tokens of models` },
  turns: { of: ({ spending }) => spending.turns, words: (value) => `${counted(value)} requests to models` },
  tool_calls: { of: ({ spending }) => spending.toolCalls, words: (value) => `${counted(value)} tool calls` },
};

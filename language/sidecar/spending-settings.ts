import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import type { Setting } from "#language/sidecar/setting.ts";

type LimitsSection = NonNullable<ConfigFile["limits"]>;
type Spending = ResolvedConfig["spending"];

/** The limits of spending by their key, and what each changes. */
const limits = {
  cost: { name: "cost", change: (cost: number) => ({ cost, onlyPriced: true }) },
  tokens: { name: "tokens", change: (tokens: number) => ({ tokens }) },
  turns: { name: "turns", change: (turns: number) => ({ turns }) },
  tool_calls: { name: "toolCalls", change: (toolCalls: number) => ({ toolCalls }) },
} as const satisfies Record<
  keyof LimitsSection,
  { readonly name: keyof Spending; readonly change: (value: number) => Partial<Spending> }
>;

/** What the section `limits` asks for: less than the layers below is free, more takes a grant. */
export function* spendingSettings(section: LimitsSection, below: ResolvedConfig): Generator<Setting> {
  for (const key of ["cost", "tokens", "turns", "tool_calls"] as const) {
    const value = section[key];
    if (value === undefined) continue;
    const { name, change } = limits[key];
    yield {
      path: ["limits", key],
      capability: "limit",
      target: `${key} ${value}`,
      needs: value <= below.spending[name] ? "free" : "grant",
      amount: { limit: key, value },
      apply: (config) => ({ ...config, spending: { ...config.spending, ...change(value) } }),
    };
  }
}

/** Providers that a model name may begin with (`openai/gpt-4o`, `openai:gpt-4o`). */
const knownProviders: ReadonlySet<string> = new Set([
  "openai",
  "anthropic",
  "bedrock",
  "gemini",
  "google",
  "ollama",
]);

export interface ModelName {
  readonly provider: string | undefined;
  readonly model: string;
}

/**
 * Splits a model name. A provider that the agent states wins and keeps the name as it is, unless the name repeats it;
 * a known prefix wins over the default provider.
 */
export function resolveModelName(
  model: string,
  stated: string | undefined,
  fallback: string | undefined,
): ModelName {
  const [, prefix = "", rest = ""] = /^([^/:]+)[/:](.+)$/.exec(model) ?? [];
  if (stated) return { provider: stated, model: prefix === stated ? rest : model };
  if (knownProviders.has(prefix)) return { provider: prefix, model: rest };
  return { provider: fallback, model };
}

/** Models that refuse a temperature get none; the others get 0 when nothing is declared. */
export function defaultTemperature(model: string): number | undefined {
  return /^(gpt-5|o\d)/.test(model) ? undefined : 0;
}

import type { Environment, SecretSource } from "../secrets/secret-source.ts";
import type { ProviderSettings, ProviderTable } from "./provider-settings.ts";

/** Where Ollama listens unless it is told otherwise. */
const ollamaUrl = "http://127.0.0.1:11434/v1";

export interface KnownProvidersOptions {
  readonly secrets: SecretSource;
  /** The person's environment, for endpoints and the region only (`OPENAI_BASE_URL`, `AWS_REGION` …). */
  readonly environment: Environment;
}

/**
 * The providers that need no config. Config adds to them or replaces whole records:
 * `{ ...knownProviders(options), ...configured }`.
 */
export function knownProviders({ secrets, environment }: KnownProvidersOptions): ProviderTable {
  const google = record("google", ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"]);
  return {
    openai: record("openai", ["OPENAI_API_KEY"], environment["OPENAI_BASE_URL"]),
    anthropic: record("anthropic", ["ANTHROPIC_API_KEY"], environment["ANTHROPIC_BASE_URL"]),
    google,
    gemini: google,
    bedrock: { ...record("bedrock", ["AWS_BEARER_TOKEN_BEDROCK"]), ...regionOf(environment) },
    ollama: record("openai-compatible", [], environment["OLLAMA_BASE_URL"] || ollamaUrl),
  };

  function record(
    kind: ProviderSettings["kind"],
    keyNames: readonly string[],
    baseUrl?: string,
  ): ProviderSettings {
    return { kind, keyNames, secrets, ...(baseUrl ? { baseUrl } : {}) };
  }
}

function regionOf(environment: Environment): { region?: string } {
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"];
  return region ? { region } : {};
}

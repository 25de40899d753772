import type { SecretSource } from "../secrets/secret-source.ts";
import type { ModelPrice } from "./prices.ts";

/** The wire that a provider speaks. */
export type ProviderKind = "openai" | "openai-compatible" | "anthropic" | "google" | "bedrock";

/**
 * One provider. The endpoint and the source of its key stand in one record and are replaced together: whoever names
 * another endpoint (a folder's config) has to bring the key for it too, and can't have the person's key sent there.
 */
export interface ProviderSettings {
  readonly kind: ProviderKind;
  /** Undefined = the provider's own. */
  readonly baseUrl?: string;
  /** Names under which `secrets` may have the key, in order; empty = no key is needed. */
  readonly keyNames: readonly string[];
  readonly secrets: SecretSource;
  readonly headers?: Readonly<Record<string, string>>;
  /** Prices by model; they win over the built-in table. */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  /** With `false`, output schemas are not sent (openai-compatible servers that reject them). Default true. */
  readonly outputSchemas?: boolean;
  /** AWS region (bedrock). */
  readonly region?: string;
}

/** Providers by the name that procedures use. */
export type ProviderTable = Readonly<Record<string, ProviderSettings>>;

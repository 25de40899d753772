import type { ProviderAdapter } from "./provider-adapter.ts";
import type { ProviderKind } from "./provider-settings.ts";
import { anthropic } from "./providers/anthropic.ts";
import { bedrock } from "./providers/bedrock.ts";
import { google } from "./providers/google.ts";
import { openai } from "./providers/openai.ts";
import { openaiCompatible } from "./providers/openai-compatible.ts";

/** The adapter of each wire. */
export const providerAdapters: Readonly<Record<ProviderKind, ProviderAdapter>> = {
  openai,
  "openai-compatible": openaiCompatible,
  anthropic,
  google,
  bedrock,
};

import type { ProviderAdapter } from "../provider-adapter.ts";
import { providerKey } from "../provider-key.ts";

/** Google's Gemini service. */
export const google: ProviderAdapter = {
  async connect(options) {
    const apiKey = await providerKey(options);
    const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
    const { baseUrl = "https://generativelanguage.googleapis.com/v1beta", headers = {} } = options.settings;
    const settings = { apiKey, baseURL: baseUrl, headers: { ...headers }, fetch: options.fetch };
    return createGoogleGenerativeAI(settings)(options.model);
  },
  options: ({ reasoningEffort }) =>
    reasoningEffort === undefined ? {} : { google: { thinkingConfig: { thinkingLevel: reasoningEffort } } },
};

import type { ProviderAdapter, ProviderTool } from "../provider-adapter.ts";
import { providerKey } from "../provider-key.ts";

/** Anthropic's own service, over its messages wire. */
export const anthropic: ProviderAdapter = {
  async connect(options) {
    const apiKey = await providerKey(options);
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    const { baseUrl = "https://api.anthropic.com", headers = {} } = options.settings;
    const settings = { apiKey, baseURL: versioned(baseUrl), headers: { ...headers }, fetch: options.fetch };
    return createAnthropic(settings)(options.model);
  },
  async webSearch({ allowedDomains, blockedDomains }) {
    const { anthropic: provider } = await import("@ai-sdk/anthropic");
    // The provider takes one of the two lists; the runtime drops what the other one excludes.
    const blocked = allowedDomains.length === 0 && blockedDomains.length > 0;
    return {
      web_search: provider.tools.webSearch_20250305({
        ...(allowedDomains.length > 0 && { allowedDomains: [...allowedDomains] }),
        ...(blocked && { blockedDomains: [...blockedDomains] }),
      }) as ProviderTool,
    };
  },
  options: ({ reasoningEffort }) =>
    reasoningEffort === undefined ? {} : { anthropic: { effort: reasoningEffort } },
};

/** Anthropic's tools take the address without the version of the wire, the package takes it with it. */
function versioned(baseUrl: string): string {
  return URL.canParse(baseUrl) && new URL(baseUrl).pathname === "/" ? new URL("/v1", baseUrl).href : baseUrl;
}

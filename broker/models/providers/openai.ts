import type { Json } from "#common/json.ts";
import type { ProviderAdapter, ProviderTool } from "../provider-adapter.ts";
import { providerKey } from "../provider-key.ts";
import { isStrictSchema } from "../strict-schema.ts";

/** OpenAI's own service, over its responses wire. */
export const openai: ProviderAdapter = {
  async connect(options) {
    const apiKey = await providerKey(options);
    const { createOpenAI } = await import("@ai-sdk/openai");
    const { baseUrl = "https://api.openai.com/v1", headers = {} } = options.settings;
    return createOpenAI({ apiKey, baseURL: baseUrl, headers, fetch: options.fetch })(options.model);
  },
  async webSearch({ allowedDomains }) {
    const { openai: provider } = await import("@ai-sdk/openai");
    const filters = allowedDomains.length === 0 ? {} : { filters: { allowedDomains: [...allowedDomains] } };
    return { web_search: provider.tools.webSearch(filters) as ProviderTool };
  },
  options: ({ reasoningEffort, verbosity, parallelToolCalls }, outputSchema) => ({
    openai: {
      // Conversations are kept in the journal, not at the provider.
      store: false,
      ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
      ...(verbosity === undefined ? {} : { textVerbosity: verbosity }),
      ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
      ...strictness(outputSchema),
    },
  }),
};

/** OpenAI refuses a schema with optional fields in its strict mode; the runtime checks the output in any case. */
function strictness(outputSchema: Json | undefined): { strictJsonSchema?: boolean } {
  return outputSchema === undefined ? {} : { strictJsonSchema: isStrictSchema(outputSchema) };
}

import { ModelFailure } from "../model-failure.ts";
import type { ProviderAdapter } from "../provider-adapter.ts";
import { providerKey } from "../provider-key.ts";

/** Any server that speaks OpenAI's chat completions wire: Ollama, vLLM, LM Studio, gateways. */
export const openaiCompatible: ProviderAdapter = {
  async connect(options) {
    const { baseUrl, headers = {}, outputSchemas = true } = options.settings;
    if (!baseUrl)
      throw new ModelFailure("model-failed", "no base URL is set for this provider in the config.");
    const apiKey = await providerKey(options);
    const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
    return createOpenAICompatible({
      name: "compatible",
      ...(apiKey ? { apiKey } : {}),
      baseURL: baseUrl,
      headers: { ...headers },
      includeUsage: true,
      supportsStructuredOutputs: outputSchemas,
      fetch: options.fetch,
    })(options.model);
  },
  options: ({ reasoningEffort, verbosity, parallelToolCalls }) => ({
    compatible: {
      strictJsonSchema: false,
      ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
      ...(verbosity === undefined ? {} : { textVerbosity: verbosity }),
      // The package hands on what it does not know as it is.
      ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
    },
  }),
};

import { ModelFailure } from "../model-failure.ts";
import type { ConnectOptions, ProviderAdapter } from "../provider-adapter.ts";
import { keyMissing } from "../provider-key.ts";

/** Amazon Bedrock, with an API key or a pair of credentials. Profiles of the AWS command line are not read. */
export const bedrock: ProviderAdapter = {
  async connect(options) {
    const { baseUrl, headers = {} } = options.settings;
    const region = await regionOf(options);
    const credentials = await credentialsOf(options);
    const { createAmazonBedrock } = await import("@ai-sdk/amazon-bedrock");
    return createAmazonBedrock({
      ...credentials,
      region,
      baseURL: baseUrl ?? `https://bedrock-runtime.${region}.amazonaws.com`,
      headers: { ...headers },
      fetch: options.fetch,
    })(options.model);
  },
  options: ({ reasoningEffort }) =>
    reasoningEffort === undefined
      ? {}
      : { bedrock: { reasoningConfig: { maxReasoningEffort: reasoningEffort } } },
};

/** A region is no secret: read past `secret`, or the redactor would remove its name from every text. */
async function regionOf({ settings }: ConnectOptions): Promise<string> {
  const { region: configured, secrets } = settings;
  const region = configured ?? (await secrets.get("AWS_REGION")) ?? (await secrets.get("AWS_DEFAULT_REGION"));
  if (region && /^[a-z0-9-]+$/.test(region)) return region;
  throw new ModelFailure("model-failed", "no AWS region is set. Set the environment variable AWS_REGION.");
}

async function credentialsOf({ settings, secret }: ConnectOptions) {
  for (const name of settings.keyNames) {
    const apiKey = await secret(name);
    if (apiKey) return { apiKey };
  }
  const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all(
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].map(secret),
  );
  if (!accessKeyId || !secretAccessKey)
    throw keyMissing(["AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", ...settings.keyNames]);
  return { apiKey: "", accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

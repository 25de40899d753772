import type { ConfigKey } from "./config-key.ts";

/** A key of an account: where it may stand, and whose it is. */
function accountKey(path: string, whose: string, example: string): ConfigKey {
  return {
    path,
    type: "text",
    trust: "widens",
    isSecret: true,
    doc: `Key of ${whose}.`,
    effect: `It stays on this machine: the sandbox never sees it. Better than the key itself is \`${example}\`, which reads an environment variable.`,
    examples: [example],
  };
}

const openaiKey = `\${OPENAI_API_KEY}`;
const anthropicKey = `\${ANTHROPIC_API_KEY}`;
const googleKey = `\${GOOGLE_API_KEY}`;

const accountKeys: readonly ConfigKey[] = [
  accountKey("openai_api_key", "OpenAI", openaiKey),
  accountKey("anthropic_api_key", "Anthropic", anthropicKey),
  accountKey("google_api_key", "Google", googleKey),
  accountKey("gemini_api_key", "Google", googleKey),
  {
    path: "openai",
    type: "mapping",
    trust: "widens",
    doc: "Account at OpenAI.",
    examples: [{ api_key: openaiKey }],
  },
  accountKey("openai.api_key", "OpenAI", openaiKey),
  {
    path: "anthropic",
    type: "mapping",
    trust: "widens",
    doc: "Account at Anthropic.",
    examples: [{ api_key: anthropicKey }],
  },
  accountKey("anthropic.api_key", "Anthropic", anthropicKey),
  {
    path: "google",
    type: "mapping",
    trust: "widens",
    doc: "Account at Google.",
    examples: [{ api_key: googleKey }],
  },
  accountKey("google.api_key", "Google", googleKey),
  {
    path: "aws",
    type: "mapping",
    trust: "widens",
    doc: "Account for models on Amazon Bedrock.",
    examples: [{ profile: "dev", default_region: "us-east-1" }],
  },
  accountKey("aws.access_key_id", "AWS (its id)", `\${AWS_ACCESS_KEY_ID}`),
  accountKey("aws.secret_access_key", "AWS (the secret half)", `\${AWS_SECRET_ACCESS_KEY}`),
  accountKey("aws.session_token", "an AWS session", `\${AWS_SESSION_TOKEN}`),
  {
    path: "aws.default_region",
    type: "text",
    trust: "widens",
    doc: "AWS region.",
    examples: ["us-east-1", "eu-central-1"],
  },
  { path: "aws.profile", type: "text", trust: "widens", doc: "AWS profile.", examples: ["dev"] },
];

const defaultKeys: readonly ConfigKey[] = [
  {
    path: "default_provider",
    type: "text",
    trust: "tightens",
    refersTo: "provider",
    doc: "Provider of agents that name none.",
    examples: ["openai", "anthropic"],
  },
  {
    path: "default_model",
    type: "text",
    trust: "tightens",
    refersTo: "modelId",
    doc: "Model of agents that name none.",
    examples: ["gpt-4o-mini", "claude-sonnet-4-5"],
  },
];

const providerKeys: readonly ConfigKey[] = [
  {
    path: "providers",
    type: "mapping",
    trust: "widens",
    doc: "Model providers beside the built-in ones.",
    examples: [{ local: { kind: "openai-compatible", base_url: "http://localhost:11434/v1" } }],
  },
  {
    path: "providers.*",
    type: "mapping",
    trust: "widens",
    doc: "One provider, under the name that agents use.",
    effect:
      "One that a folder brings gets no key of yours: an endpoint and the key sent to it are of one trust.",
    examples: [{ kind: "openai-compatible", base_url: "http://localhost:11434/v1" }],
  },
  {
    path: "providers.*.kind",
    type: "text",
    values: ["openai", "openai-compatible", "anthropic", "google", "bedrock"],
    trust: "widens",
    doc: "The protocol that its endpoint speaks.",
  },
  {
    path: "providers.*.base_url",
    type: "text",
    trust: "widens",
    doc: "Endpoint in place of the provider's own.",
    effect: "Prompts, and the provider's key, are sent there.",
    examples: ["https://models.example.com/v1"],
  },
  {
    path: "providers.*.api_key_env",
    type: "text",
    trust: "widens",
    ownConfigOnly: true,
    doc: "Environment variable that holds the key.",
    effect: "Read on this machine, never in the sandbox.",
    examples: ["MY_PROVIDER_KEY"],
  },
  {
    path: "providers.*.headers",
    type: "mapping",
    trust: "widens",
    doc: "Further request headers.",
    examples: [{ "X-Team": "docs" }],
  },
  { path: "providers.*.headers.*", type: "text", trust: "widens", doc: "One header.", examples: ["docs"] },
  {
    path: "providers.*.prices",
    type: "mapping",
    trust: "widens",
    doc: "Prices of its models, to know what a run costs.",
    examples: [{ "my-model": { input: 0.5, output: 1.5 } }],
  },
  {
    path: "providers.*.prices.*",
    type: "mapping",
    trust: "widens",
    doc: "Prices of one model.",
    examples: [{ input: 0.5, output: 1.5 }],
  },
  {
    path: "providers.*.prices.*.input",
    type: "number",
    trust: "widens",
    doc: "US dollars a million input tokens.",
    examples: [0.5],
  },
  {
    path: "providers.*.prices.*.output",
    type: "number",
    trust: "widens",
    doc: "US dollars a million output tokens.",
    examples: [1.5],
  },
];

/** Keys about models: which are used, where they are, and with whose keys. */
export const modelConfigKeys: readonly ConfigKey[] = [...defaultKeys, ...providerKeys, ...accountKeys];

import type { ConfigKey } from "./config-key.ts";
import { notEffectiveKeys } from "./config-keys-without-effect.ts";

const keyKeys: readonly ConfigKey[] = [
  { path: "openai_api_key", type: "text", trust: "widens", doc: "Key of OpenAI." },
  { path: "anthropic_api_key", type: "text", trust: "widens", doc: "Key of Anthropic." },
  { path: "google_api_key", type: "text", trust: "widens", doc: "Key of Google." },
  { path: "gemini_api_key", type: "text", trust: "widens", doc: "Key of Google." },
  { path: "openai", type: "mapping", trust: "widens", doc: "Account at OpenAI." },
  { path: "openai.api_key", type: "text", trust: "widens", doc: "Key of OpenAI." },
  { path: "anthropic", type: "mapping", trust: "widens", doc: "Account at Anthropic." },
  { path: "anthropic.api_key", type: "text", trust: "widens", doc: "Key of Anthropic." },
  { path: "google", type: "mapping", trust: "widens", doc: "Account at Google." },
  { path: "google.api_key", type: "text", trust: "widens", doc: "Key of Google." },
  { path: "aws", type: "mapping", trust: "widens", doc: "Account for models on Amazon Bedrock." },
  { path: "aws.access_key_id", type: "text", trust: "widens", doc: "AWS access key id." },
  { path: "aws.secret_access_key", type: "text", trust: "widens", doc: "AWS secret key." },
  { path: "aws.session_token", type: "text", trust: "widens", doc: "AWS session token." },
  { path: "aws.default_region", type: "text", trust: "widens", doc: "AWS region." },
  { path: "aws.profile", type: "text", trust: "widens", doc: "AWS profile." },
];

const modelKeys: readonly ConfigKey[] = [
  { path: "default_provider", type: "text", trust: "tightens", doc: "Provider of agents that name none." },
  { path: "default_model", type: "text", trust: "tightens", doc: "Model of agents that name none." },
  { path: "providers", type: "mapping", trust: "widens", doc: "Model providers beside the built-in ones." },
  {
    path: "providers.*",
    type: "mapping",
    trust: "widens",
    doc: "One provider, under the name that agents use.",
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
  },
  {
    path: "providers.*.api_key_env",
    type: "text",
    trust: "widens",
    ownConfigOnly: true,
    doc: "Environment variable that holds the key.",
  },
  { path: "providers.*.headers", type: "mapping", trust: "widens", doc: "Further request headers." },
  { path: "providers.*.headers.*", type: "text", trust: "widens", doc: "One header." },
  { path: "providers.*.prices", type: "mapping", trust: "widens", doc: "Prices of its models." },
  { path: "providers.*.prices.*", type: "mapping", trust: "widens", doc: "Prices of one model." },
  {
    path: "providers.*.prices.*.input",
    type: "number",
    trust: "widens",
    doc: "US dollars a million input tokens.",
  },
  {
    path: "providers.*.prices.*.output",
    type: "number",
    trust: "widens",
    doc: "US dollars a million output tokens.",
  },
];

const toolKeys: readonly ConfigKey[] = [
  {
    path: "default_toolsets",
    type: "texts",
    trust: "tightens",
    doc: "Toolsets of agents that name no tools.",
  },
  { path: "tool_paths", type: "texts", trust: "widens", doc: "Files or folders with plugin tools." },
  { path: "mcp_servers", type: "mapping", trust: "widens", doc: "MCP servers by name." },
  {
    path: "mcp_servers.*",
    type: "mapping",
    trust: "widens",
    doc: "One server; its tools form a toolset of its name.",
  },
  { path: "mcp_servers.*.command", type: "text", trust: "widens", doc: "Program to start." },
  { path: "mcp_servers.*.args", type: "texts", trust: "widens", doc: "Its arguments." },
  { path: "mcp_servers.*.env", type: "mapping", trust: "widens", doc: "Its environment variables." },
  { path: "mcp_servers.*.env.*", type: "text", trust: "widens", doc: "One variable." },
  { path: "mcp_servers.*.cwd", type: "text", trust: "widens", doc: "Its working folder." },
  {
    path: "mcp_servers.*.timeout",
    type: "seconds",
    default: 5,
    trust: "widens",
    doc: "Seconds to wait for it.",
  },
  {
    path: "mcp_servers.*.read_timeout",
    type: "seconds",
    default: 300,
    trust: "widens",
    doc: "Seconds for an answer.",
  },
  {
    path: "mcp_servers.*.max_retries",
    type: "integer",
    default: 1,
    trust: "widens",
    doc: "Further attempts.",
  },
  {
    path: "host_tools",
    type: "mapping",
    trust: "widens",
    doc: "Tools on this machine, outside the sandbox.",
  },
  { path: "host_tools.allow", type: "texts", trust: "widens", doc: "Host tools that may be called." },
  {
    path: "host_tools.tools",
    type: "mapping",
    trust: "widens",
    ownConfigOnly: true,
    doc: "Commands on this machine, offered as tools.",
  },
  { path: "host_tools.tools.*", type: "mapping", trust: "widens", ownConfigOnly: true, doc: "One command." },
  ...(
    [
      ["command", "texts", "Program and arguments, started without a shell."],
      ["description", "text", "What it does, for the model."],
      ["timeout", "seconds", "Seconds until it is stopped."],
      ["env", "texts", "Environment variables that it gets; everything else is left out."],
      ["input", "mapping", "Its arguments."],
      ["input.*", "mapping", "One argument."],
      ["input.*.type", "text", "Its type."],
      ["input.*.required", "boolean", "Whether the call must give it."],
      ["input.*.description", "text", "What it means, for the model."],
      ["input.*.default", "any", "Used when it is not given."],
      ["input.*.enum", "any", "The only values it may have."],
    ] as const
  ).map(
    ([name, type, doc]): ConfigKey => ({
      path: `host_tools.tools.*.${name}`,
      type,
      trust: "widens",
      ownConfigOnly: true,
      doc,
    }),
  ),
];

const sandboxKeys: readonly ConfigKey[] = [
  { path: "sandbox", type: "mapping", trust: "widens", doc: "How a run is confined." },
  {
    path: "sandbox.enabled",
    type: "boolean",
    default: true,
    trust: "widens",
    doc: "False means the weaker embedded isolation; there is no way to run with none.",
  },
  {
    path: "sandbox.image",
    type: "text",
    trust: "widens",
    ownConfigOnly: true,
    doc: "Container image in place of the one that is built here.",
  },
  { path: "sandbox.env", type: "mapping", trust: "widens", doc: "Environment variables inside the sandbox." },
  { path: "sandbox.env.*", type: "text", trust: "widens", doc: "One variable; keys are refused." },
  {
    path: "sandbox.mount_current_dir",
    type: "boolean",
    trust: "widens",
    doc: "True: files that a run writes are the workspace's own; false: the procedure sees an empty workspace.",
  },
  {
    path: "sandbox.volumes",
    type: "texts",
    trust: "widens",
    doc: "Further folders: host:container[:ro|rw].",
  },
  {
    path: "sandbox.network",
    type: "text",
    default: "none",
    trust: "widens",
    doc: "None, or a container network.",
  },
  { path: "sandbox.limits", type: "mapping", trust: "widens", doc: "Limits of the sandbox." },
  { path: "sandbox.limits.memory", type: "size", default: "2g", trust: "widens", doc: "Most memory." },
  { path: "sandbox.limits.cpus", type: "number", default: 2, trust: "widens", doc: "Most processors." },
  { path: "sandbox.timeout", type: "seconds", default: 3600, trust: "widens", doc: "Longest time of a run." },
];

/**
 * The keys of `.tactus/config.yml` and of `{procedure}.tac.yml`, one list for both. The schema that checks files is
 * language/sidecar/config-schema.ts; a test holds the two together.
 */
export const configKeys: readonly ConfigKey[] = [
  ...modelKeys,
  ...keyKeys,
  ...toolKeys,
  ...sandboxKeys,
  ...notEffectiveKeys,
];

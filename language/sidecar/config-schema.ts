import * as z from "zod";
import { grantedCapabilities } from "#language/sidecar/granted-capabilities.ts";
import { hostTool } from "#language/sidecar/host-tool-schema.ts";
import { ineffectiveShape } from "#language/sidecar/ineffective-schema.ts";
import { mcpServer } from "#language/sidecar/mcp-server-schema.ts";
import {
  address,
  count,
  cpuCount,
  dollars,
  expecting,
  flag,
  imageName,
  networkName,
  sandboxValue,
  sandboxVariable,
  seconds,
  size,
  text,
  texts,
  toolName,
  variableName,
} from "#language/sidecar/value-schemas.ts";

/**
 * What the keys of `.tactus/config.yml` and `{procedure}.tac.yml` may hold; one vocabulary for both
 * (vocabulary/config-keys.ts says what each means). Strict: an unknown key is an error. What a value must be is kept
 * beside each schema in words, since error texts are for people.
 */

const sandbox = expecting(
  "a mapping",
  z.strictObject({
    ...ineffectiveShape("sandbox."),
    enabled: expecting("true or false", z.boolean().nullable()).optional(),
    image: imageName.optional(),
    env: expecting("a mapping of variables to texts", z.record(sandboxVariable, sandboxValue)).optional(),
    mount_current_dir: flag.optional(),
    volumes: texts.optional(),
    mcp_servers_path: text.optional(),
    network: networkName.optional(),
    container_runtime: expecting("one of default, runsc", z.enum(["default", "runsc"])).optional(),
    limits: expecting(
      "a mapping",
      z.strictObject({ memory: size.optional(), cpus: cpuCount.optional() }),
    ).optional(),
    timeout: seconds.optional(),
  }),
);

const price = expecting("a number of US dollars", z.number().nonnegative());
const prices = expecting(
  "a mapping of models to prices",
  z.record(
    z.string(),
    expecting("a mapping with `input` and `output`", z.strictObject({ input: price, output: price })),
  ),
);

const provider = expecting(
  "a mapping with `kind`",
  z.strictObject({
    kind: expecting(
      "one of openai, openai-compatible, anthropic, google, bedrock",
      z.enum(["openai", "openai-compatible", "anthropic", "google", "bedrock"]),
    ),
    base_url: address.optional(),
    api_key_env: variableName.optional(),
    headers: expecting("a mapping of header names to texts", z.record(z.string(), z.string())).optional(),
    prices: prices.optional(),
  }),
);

const account = expecting("a mapping with `api_key`", z.strictObject({ api_key: text.optional() }));

const ceilings = {
  memory: size.optional(),
  cpus: cpuCount.optional(),
  timeout: seconds.optional(),
  cost: dollars.optional(),
  tokens: count.optional(),
  turns: count.optional(),
  tool_calls: count.optional(),
  never: expecting(
    `a list of ${grantedCapabilities.join(", ")}`,
    z.array(z.enum(grantedCapabilities)),
  ).optional(),
};

/** One `.tactus/config.yml`. */
export const configSchema = expecting(
  "a mapping of settings",
  z.strictObject({
    ...ineffectiveShape(""),
    default_provider: text.optional(),
    default_model: text.optional(),
    default_toolsets: texts.optional(),
    openai_api_key: text.optional(),
    anthropic_api_key: text.optional(),
    google_api_key: text.optional(),
    gemini_api_key: text.optional(),
    openai: account.optional(),
    anthropic: account.optional(),
    google: account.optional(),
    aws: expecting(
      "a mapping",
      z.strictObject({
        access_key_id: text.optional(),
        secret_access_key: text.optional(),
        session_token: text.optional(),
        default_region: text.optional(),
        profile: text.optional(),
      }),
    ).optional(),
    tool_paths: texts.optional(),
    mcp_servers: expecting("a mapping of server names to servers", z.record(toolName, mcpServer)).optional(),
    sandbox: sandbox.optional(),
    limits: expecting(
      "a mapping",
      z.strictObject({
        cost: dollars.optional(),
        tokens: count.optional(),
        turns: count.optional(),
        tool_calls: count.optional(),
      }),
    ).optional(),
    ceilings: expecting("a mapping", z.strictObject(ceilings)).optional(),
    providers: expecting("a mapping of provider names to providers", z.record(toolName, provider)).optional(),
    host_tools: expecting(
      "a mapping with `allow` or `tools`",
      z.strictObject({
        allow: expecting("a list of tool names", z.array(toolName)).optional(),
        tools: expecting("a mapping of tool names to tools", z.record(toolName, hostTool)).optional(),
      }),
    ).optional(),
  }),
);

/** One sidecar: the same, and what is about its one procedure. */
export const sidecarSchema = expecting(
  "a mapping of settings",
  configSchema.extend({
    inputs: expecting(
      "a mapping of input names to values",
      z.record(z.string().min(1), expecting("text, a number, true/false, a list or a mapping", z.json())),
    ).optional(),
  }),
);

/** The content of one config file or sidecar. */
export type ConfigFile = z.infer<typeof sidecarSchema>;
export type HostToolConfig = z.infer<typeof hostTool>;
export type ProviderConfig = z.infer<typeof provider>;

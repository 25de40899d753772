import * as z from "zod";
import { secretVariable } from "#language/sidecar/secret-names.ts";
import { parseSize } from "#language/sidecar/sizes.ts";
import { notEffectiveKeys } from "#vocabulary/config-keys-without-effect.ts";

/**
 * What the keys of `.tactus/config.yml` and `{procedure}.tac.yml` may hold; one vocabulary for both
 * (vocabulary/config-keys.ts says what each means). Strict: an unknown key is an error. What a value must be is kept
 * beside each schema in words, since error texts are for people.
 */

/** What each value must be, in words that follow "must be". */
export const expectations: z.core.$ZodRegistry<{ expected: string }> = z.registry<{ expected: string }>();

function expecting<Schema extends z.ZodType>(expected: string, schema: Schema): Schema {
  expectations.add(schema, { expected });
  return schema;
}

const text = expecting("text", z.string().min(1));
const texts = expecting("a list of texts", z.array(text));
const flag = expecting("true or false", z.boolean());
const scalar = expecting("text, a number or true/false", z.union([z.string(), z.number(), z.boolean()]));
const seconds = expecting("a number of seconds above 0", z.number().positive().max(86_400));
const variableName = expecting("a variable name", z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/));
const toolName = expecting(
  "a name of letters, digits, `_`, `-` and `.`",
  z.string().regex(/^[A-Za-z_][\w.-]*$/),
);
const sandboxVariable = expecting(
  "the name of a variable that is no secret (keys stay outside the sandbox: use a host tool)",
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .refine((name) => !secretVariable.test(name)),
);
const networkName = expecting(
  "`none` or the name of a container network (never the host's own network)",
  z.string().regex(/^(?!host$)[A-Za-z0-9][\w.-]*$/),
);
const size = expecting(
  "a size like 512m or 2g (at least 128m)",
  z.string().refine((value) => (parseSize(value) ?? 0) >= 128 * 1024 ** 2),
);
const cpuCount = expecting(
  "a number of processors like 2 or 0.5",
  z.union([z.number().positive().max(1024), z.string().regex(/^(?!0+(\.0*)?$)\d{1,4}(\.\d+)?$/)]),
);

/** Keys of the original that are understood and change nothing, below a dotted prefix. */
function withoutEffect(prefix: string): Record<string, z.ZodOptional<z.ZodUnknown>> {
  const names = notEffectiveKeys
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path }) => path.slice(prefix.length));
  return Object.fromEntries(
    names.filter((name) => !name.includes(".")).map((name) => [name, z.unknown().optional()]),
  );
}

const sandbox = expecting(
  "a mapping",
  z.strictObject({
    ...withoutEffect("sandbox."),
    enabled: expecting("true or false", z.boolean().nullable()).optional(),
    image: text.optional(),
    env: expecting("a mapping of variables to texts", z.record(sandboxVariable, scalar)).optional(),
    mount_current_dir: flag.optional(),
    volumes: texts.optional(),
    network: networkName.optional(),
    limits: expecting(
      "a mapping",
      z.strictObject({ memory: size.optional(), cpus: cpuCount.optional() }),
    ).optional(),
    timeout: seconds.optional(),
  }),
);

const mcpServer = expecting(
  "a mapping with `command`",
  z.strictObject({
    command: text,
    args: texts.optional(),
    env: expecting("a mapping of variables to texts", z.record(variableName, z.string())).optional(),
    cwd: text.optional(),
    timeout: seconds.optional(),
    read_timeout: seconds.optional(),
    max_retries: expecting("a whole number from 0 to 10", z.int().min(0).max(10)).optional(),
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
    base_url: expecting("an http or https address", z.url({ protocol: /^https?$/ })).optional(),
    api_key_env: variableName.optional(),
    headers: expecting("a mapping of header names to texts", z.record(z.string(), z.string())).optional(),
    prices: prices.optional(),
  }),
);

const hostToolField = expecting(
  "a mapping with `type`",
  z.strictObject({
    type: expecting(
      "one of string, number, integer, boolean, array, object",
      z.enum(["string", "number", "integer", "boolean", "array", "object"]),
    ),
    required: flag.optional(),
    description: text.optional(),
    default: z.json().optional(),
    enum: expecting("a list of values", z.array(z.json())).optional(),
  }),
);

const hostTool = expecting(
  "a mapping with `command`",
  z.strictObject({
    command: expecting("a list: the program and its arguments", z.array(text).min(1)),
    input: expecting("a mapping of input names to fields", z.record(toolName, hostToolField)).optional(),
    timeout: seconds.optional(),
    description: text.optional(),
    env: expecting("a list of variable names", z.array(variableName)).optional(),
  }),
);

const account = expecting("a mapping with `api_key`", z.strictObject({ api_key: text.optional() }));

/** One config file or sidecar. */
export const configSchema = expecting(
  "a mapping of settings",
  z.strictObject({
    ...withoutEffect(""),
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

/** The content of one config file or sidecar. */
export type ConfigFile = z.infer<typeof configSchema>;
export type HostToolConfig = z.infer<typeof hostTool>;
export type ProviderConfig = z.infer<typeof provider>;
export type McpServerConfig = z.infer<typeof mcpServer>;

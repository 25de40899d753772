import { z } from "zod";
import { parseSize } from "#language/sidecar/sizes.ts";

/**
 * The vocabulary of `.tactus/config.yml` and `{procedure}.tac.yml`, one for both. Strict: an unknown key is an
 * error. What a value must be is kept beside each schema in words, since error texts are for people.
 */

/** What each value must be, in words that follow "must be". */
export const expectations: z.core.$ZodRegistry<{ expected: string }> = z.registry<{ expected: string }>();

/** Keys of the original program that are understood and have no effect here. */
export const ineffective: z.core.$ZodRegistry<{ reason: string }> = z.registry<{ reason: string }>();

function expecting<Schema extends z.ZodType>(expected: string, schema: Schema): Schema {
  expectations.add(schema, { expected });
  return schema;
}

function withoutEffect<Schema extends z.ZodType>(reason: string, schema: Schema): z.ZodOptional<Schema> {
  const optional = schema.optional();
  ineffective.add(optional, { reason });
  return optional;
}

const text = (description: string): z.ZodString => expecting("text", z.string().min(1)).describe(description);
const names = (description: string): z.ZodArray<z.ZodString> =>
  expecting("a list of texts", z.array(expecting("text", z.string().min(1)))).describe(description);
const flag = (description: string): z.ZodBoolean =>
  expecting("true or false", z.boolean()).describe(description);
const anything: z.ZodUnknown = z.unknown();
/** Names that hold keys. Those stay on the host: what needs one is brokered. */
export const secretName: RegExp = /(^|_)(api_?key|key|secret|token|password|passwd|credentials?)(_|$)/i;
const scalar = expecting("text, a number or true/false", z.union([z.string(), z.number(), z.boolean()]));

/** Name of an environment variable. */
const variableName = expecting("a variable name", z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/));
const sandboxVariable = expecting(
  "the name of a variable that is no secret (keys stay outside the sandbox: use a host tool)",
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .refine((name) => !secretName.test(name)),
);
const toolName = expecting(
  "a name of letters, digits, `_`, `-` and `.`",
  z.string().regex(/^[A-Za-z_][\w.-]*$/),
);
const seconds = (description: string): z.ZodNumber =>
  expecting("a number of seconds above 0", z.number().positive().max(86_400)).describe(description);

const size = expecting(
  "a size like 512m or 2g (at least 128m)",
  z.string().refine((value) => (parseSize(value) ?? 0) >= 128 * 1024 ** 2),
);
const cpuCount = expecting(
  "a number of processors like 2 or 0.5",
  z.union([z.number().positive().max(1024), z.string().regex(/^(?!0+(\.0*)?$)\d{1,4}(\.\d+)?$/)]),
);

const limits = expecting(
  "a mapping",
  z.strictObject({
    memory: size.describe("Most memory the sandbox may use. Default 2g.").optional(),
    cpus: cpuCount.describe("Most processors the sandbox may use. Default 2.").optional(),
  }),
);

const brokerTransport = "the sandbox talks to the host over one private pipe";

const sandbox = expecting(
  "a mapping",
  z.strictObject({
    enabled: expecting("true or false", z.boolean().nullable())
      .describe("false = the weaker embedded isolation; there is no way to run with none.")
      .optional(),
    image: text("Container image to use instead of the one that is built here.").optional(),
    env: expecting("a mapping of variables to texts", z.record(sandboxVariable, scalar))
      .describe("Environment variables inside the sandbox.")
      .optional(),
    mount_current_dir: flag("false = the procedure sees an empty workspace.").optional(),
    volumes: names("Further folders for the container: `host:container[:ro|rw]`.").optional(),
    network: expecting(
      "`none` or the name of a container network (never the host's own network)",
      z.string().regex(/^(?!host$)[A-Za-z0-9][\w.-]*$/),
    )
      .describe("`none` (default), or the name of a container network.")
      .optional(),
    limits: limits.describe("Limits of the sandbox.").optional(),
    timeout: seconds("Longest time of a run in seconds. Default 3600.").optional(),
    mcp_servers_path: withoutEffect("MCP servers come from `mcp_servers`", text("Folder with MCP servers.")),
    broker_transport: withoutEffect(brokerTransport, z.enum(["tcp", "tls", "stdio"])),
    broker_host: withoutEffect(brokerTransport, z.string()),
    broker_bind_host: withoutEffect(brokerTransport, z.string()),
    broker_port: withoutEffect(brokerTransport, z.int()),
    broker_tls_cert_file: withoutEffect(brokerTransport, z.string().nullable()),
    broker_tls_key_file: withoutEffect(brokerTransport, z.string().nullable()),
    dev_mode: withoutEffect("the image always holds the installed version", z.boolean()),
  }),
);

const mcpServer = expecting(
  "a mapping with `command`",
  z.strictObject({
    command: text("Program to start."),
    args: names("Its arguments.").optional(),
    env: z.record(variableName, z.string()).describe("Its environment variables.").optional(),
    cwd: text("Its working folder.").optional(),
    timeout: seconds("Seconds to wait for the connection. Default 5.").optional(),
    read_timeout: seconds("Seconds to wait for an answer. Default 300.").optional(),
    max_retries: expecting("a whole number from 0 to 10", z.int().min(0).max(10)).optional(),
  }),
);

const price = expecting("a number of US dollars", z.number().nonnegative());
const provider = expecting(
  "a mapping with `kind`",
  z.strictObject({
    kind: expecting(
      "one of openai, openai-compatible, anthropic, google, bedrock",
      z.enum(["openai", "openai-compatible", "anthropic", "google", "bedrock"]),
    ).describe("The wire protocol that the endpoint speaks."),
    base_url: expecting("an http or https address", z.url({ protocol: /^https?$/ }))
      .describe("Endpoint to use instead of the provider's own.")
      .optional(),
    api_key_env: variableName.describe("Environment variable that holds the key.").optional(),
    headers: expecting("a mapping of header names to texts", z.record(z.string(), z.string()))
      .describe("Further request headers.")
      .optional(),
    prices: expecting(
      "a mapping of models to prices",
      z.record(
        z.string(),
        expecting("a mapping with `input` and `output`", z.strictObject({ input: price, output: price })),
      ),
    )
      .describe("US dollars per million tokens by model, for the cost of a run.")
      .optional(),
  }),
);

const hostToolField = expecting(
  "a mapping with `type`",
  z.strictObject({
    type: expecting(
      "one of string, number, integer, boolean, array, object",
      z.enum(["string", "number", "integer", "boolean", "array", "object"]),
    ),
    required: flag("Whether the call must give it.").optional(),
    description: text("What it means, for the model.").optional(),
    default: z.json().optional(),
    enum: expecting("a list of values", z.array(z.json())).optional(),
  }),
);

const hostTool = expecting(
  "a mapping with `command`",
  z.strictObject({
    command: expecting("a list: the program and its arguments", z.array(z.string().min(1)).min(1)).describe(
      "Program and arguments, started without a shell; the inputs come as a JSON object on standard input.",
    ),
    input: expecting("a mapping of input names to fields", z.record(toolName, hostToolField))
      .describe("Arguments of the tool.")
      .optional(),
    timeout: seconds("Seconds until it is stopped. Default 60.").optional(),
    description: text("What it does, for the model.").optional(),
    env: expecting("a list of variable names", z.array(variableName))
      .describe("Environment variables that it gets; everything else is left out.")
      .optional(),
  }),
);

const hostTools = expecting(
  "a mapping with `allow` or `tools`",
  z.strictObject({
    allow: expecting("a list of tool names", z.array(toolName))
      .describe("Host tools that may be called.")
      .optional(),
    tools: expecting("a mapping of tool names to tools", z.record(toolName, hostTool))
      .describe("Commands on this machine, offered as tools.")
      .optional(),
  }),
);

const key = (provider: string): z.ZodOptional<z.ZodString> => text(`Key of ${provider}.`).optional();
const keyOnly = (provider: string) =>
  expecting("a mapping with `api_key`", z.strictObject({ api_key: key(provider) })).optional();
const embedding = "it belongs to programs that embed the original";

/** One config file or sidecar. */
export const configSchema = expecting(
  "a mapping of settings",
  z.strictObject({
    default_provider: text("Provider of agents that name none.").optional(),
    default_model: text("Model of agents that name none.").optional(),
    default_toolsets: names("Toolsets of agents that name no tools.").optional(),
    openai_api_key: key("OpenAI"),
    anthropic_api_key: key("Anthropic"),
    google_api_key: key("Google"),
    gemini_api_key: key("Google"),
    openai: keyOnly("OpenAI"),
    anthropic: keyOnly("Anthropic"),
    google: keyOnly("Google"),
    aws: expecting(
      "a mapping",
      z.strictObject({
        access_key_id: text("AWS access key id.").optional(),
        secret_access_key: text("AWS secret key.").optional(),
        session_token: text("AWS session token.").optional(),
        default_region: text("AWS region.").optional(),
        profile: text("AWS profile.").optional(),
      }),
    )
      .describe("Account for models on Amazon Bedrock.")
      .optional(),
    tool_paths: names("Python files or folders with plugin tools.").optional(),
    mcp_servers: expecting("a mapping of server names to servers", z.record(toolName, mcpServer))
      .describe("MCP servers by name.")
      .optional(),
    sandbox: sandbox.describe("How a run is confined.").optional(),
    providers: expecting("a mapping of provider names to providers", z.record(toolName, provider))
      .describe("Model providers beside the built-in ones.")
      .optional(),
    host_tools: hostTools.describe("Tools that run on this machine, outside the sandbox.").optional(),
    broker_mcp_servers: withoutEffect("MCP servers come from `mcp_servers`", anything),
    notifications: withoutEffect("no notifications are sent", anything),
    control: withoutEffect("questions go to the terminal or the editor", anything),
    ide: withoutEffect("the editor has its own settings", anything),
    storage_backend: withoutEffect(embedding, anything),
    storage_options: withoutEffect(embedding, anything),
    hitl_handler: withoutEffect(embedding, anything),
    hitl_options: withoutEffect(embedding, anything),
    chat_recorder: withoutEffect(embedding, anything),
    chat_recorder_options: withoutEffect(embedding, anything),
    llm_temperature: withoutEffect(embedding, anything),
    max_iterations: withoutEffect(embedding, anything),
    enable_checkpoints: withoutEffect(embedding, anything),
    mcp_server_url: withoutEffect(embedding, anything),
    mcp_tools: withoutEffect(embedding, anything),
  }),
);

/** The content of one config file or sidecar. */
export type ConfigFile = z.infer<typeof configSchema>;
export type HostToolConfig = z.infer<typeof hostTool>;
export type ProviderConfig = z.infer<typeof provider>;
export type McpServerConfig = z.infer<typeof mcpServer>;

import type { ConfigKey } from "./config-key.ts";

const embedding = "it belongs to programs that embed the original";
const transport = "the sandbox talks to the host over one private pipe";
const notified = "no notifications are sent";
const controlled = "questions go to the terminal or the editor";

type Ineffective = readonly [
  path: string,
  type: ConfigKey["type"],
  reason: string,
  example: Exclude<ConfigKey["examples"], undefined>[number],
  whenAbsent?: ConfigKey["default"],
];

const servers = "MCP servers come from mcp_servers";

/** Type, example and default are the original's: what it would refuse is no valid file here either. */
const ineffective: readonly Ineffective[] = [
  ["broker_mcp_servers", "mapping", servers, { files: { command: "npx" } }],
  ["notifications", "mapping", notified, { enabled: false }],
  ["notifications.enabled", "boolean", notified, false],
  ["notifications.callback_base_url", "text", notified, "https://example.com"],
  ["notifications.signing_secret", "text", notified, `\${TACTUS_HITL_SIGNING_SECRET}`],
  ["notifications.channels", "mapping", notified, { slack: { token: `\${SLACK_BOT_TOKEN}` } }],
  ["control", "mapping", controlled, { enabled: true }],
  ["control.enabled", "boolean", controlled, true, true],
  ["control.channels", "mapping", controlled, { cli: { enabled: "auto" } }],
  ["ide", "mapping", "the editor has its own settings", {}],
  ["storage_backend", "text", embedding, "memory"],
  ["storage_options", "mapping", embedding, {}],
  ["hitl_handler", "text", embedding, "cli"],
  ["hitl_options", "mapping", embedding, {}],
  ["chat_recorder", "text", embedding, "file"],
  ["chat_recorder_options", "mapping", embedding, {}],
  ["llm_temperature", "number", embedding, 0.7, 0.7],
  ["max_iterations", "integer", embedding, 100, 100],
  ["enable_checkpoints", "boolean", embedding, true],
  ["mcp_server_url", "text", embedding, "https://example.com/mcp"],
  ["mcp_tools", "texts", embedding, ["search"]],
  ["sandbox.broker_transport", "text", transport, "tcp", "tcp"],
  ["sandbox.broker_host", "text", transport, "host.docker.internal", "host.docker.internal"],
  ["sandbox.broker_bind_host", "text", transport, "0.0.0.0", "0.0.0.0"],
  ["sandbox.broker_port", "integer", transport, 0, 0],
  ["sandbox.broker_tls_cert_file", "text", transport, "./cert.pem"],
  ["sandbox.broker_tls_key_file", "text", transport, "./key.pem"],
  ["sandbox.dev_mode", "boolean", "the image always holds the installed version", true, true],
];

/** Keys of the original that are understood and change nothing. */
export const notEffectiveKeys: readonly ConfigKey[] = ineffective.map(
  ([path, type, reason, example, whenAbsent]) => ({
    path,
    type,
    trust: "tightens",
    doc: `Without effect: ${reason}.`,
    withoutEffect: reason,
    examples: [example],
    ...(whenAbsent !== undefined && { default: whenAbsent }),
  }),
);

import type { ConfigKey } from "./config-key.ts";

const embedding = "it belongs to programs that embed the original";
const transport = "the sandbox talks to the host over one private pipe";

const reasons: readonly (readonly [path: string, reason: string])[] = [
  ["broker_mcp_servers", "MCP servers come from mcp_servers"],
  ["notifications", "no notifications are sent"],
  ["control", "questions go to the terminal or the editor"],
  ["ide", "the editor has its own settings"],
  ["storage_backend", embedding],
  ["storage_options", embedding],
  ["hitl_handler", embedding],
  ["hitl_options", embedding],
  ["chat_recorder", embedding],
  ["chat_recorder_options", embedding],
  ["llm_temperature", embedding],
  ["max_iterations", embedding],
  ["enable_checkpoints", embedding],
  ["mcp_server_url", embedding],
  ["mcp_tools", embedding],
  ["sandbox.mcp_servers_path", "MCP servers come from mcp_servers"],
  ["sandbox.broker_transport", transport],
  ["sandbox.broker_host", transport],
  ["sandbox.broker_bind_host", transport],
  ["sandbox.broker_port", transport],
  ["sandbox.broker_tls_cert_file", transport],
  ["sandbox.broker_tls_key_file", transport],
  ["sandbox.dev_mode", "the image always holds the installed version"],
];

/** Keys of the original that are understood and change nothing. */
export const notEffectiveKeys: readonly ConfigKey[] = reasons.map(([path, reason]) => ({
  path,
  type: "any",
  trust: "tightens",
  doc: `Without effect: ${reason}.`,
  withoutEffect: reason,
}));

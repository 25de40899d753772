import type { ConfigKey } from "./config-key.ts";
import { hostToolKeys } from "./config-keys-host-tools.ts";

/** A key of an MCP server. */
function serverKey(
  name: string,
  type: ConfigKey["type"],
  doc: string,
  more: Partial<ConfigKey> = {},
): ConfigKey {
  return { path: `mcp_servers.*.${name}`, type, trust: "widens", doc, ...more };
}

const serverKeys: readonly ConfigKey[] = [
  {
    path: "mcp_servers",
    type: "mapping",
    trust: "widens",
    doc: "MCP servers by name.",
    effect:
      "Each is a program that is started for a run, in the sandbox, or an address. From a folder it takes a grant; a program on the host (`placement: host`) comes from your own config alone.",
    examples: [{ files: { command: "npx", args: ["-y", "@scope/server-files@1.4.2", "."] } }],
  },
  {
    path: "mcp_servers.*",
    type: "mapping",
    trust: "widens",
    doc: "One server; its tools form a toolset of its name.",
    effect:
      "Agents use its toolset by its name, or single tools as `mcp.server.tool`. Without `command` and `url` the server of this name in your own config is meant, and `tools` and `placement` narrow it.",
    examples: [{ command: "npx", args: ["-y", "@scope/server-files@1.4.2", "."] }],
  },
  serverKey("command", "text", "Program to start.", {
    effect:
      "Name a version where it downloads what it runs (`npx`, `uvx`): otherwise each run may run something else.",
    examples: ["npx", "./servers/files.js"],
  }),
  serverKey("args", "texts", "Its arguments.", { examples: [["-y", "@scope/server-files@1.4.2", "."]] }),
  serverKey("env", "mapping", "Its environment variables.", { examples: [{ STAGE: "test" }] }),
  serverKey("env.*", "text", "One variable.", {
    effect: `\`\${NAME}\` takes the value from your environment. A secret belongs to a server with \`placement: host\`.`,
    examples: ["test", `\${FILES_TOKEN}`],
  }),
  serverKey("cwd", "text", "Its working folder.", {
    refersTo: "path",
    effect:
      "On the host a relative one starts at the folder of this file; in the sandbox at `/mcp-servers`, where `sandbox.mcp_servers_path` is mounted.",
    examples: ["."],
  }),
  serverKey("url", "text", "Address of a server that speaks streamable HTTP, instead of `command`.", {
    effect:
      "It is reached from the host, since the sandbox has no network, unless `placement` says otherwise.",
    examples: ["https://mcp.example.com/mcp"],
  }),
  serverKey("headers", "mapping", "Headers of requests to `url`.", {
    examples: [{ Authorization: `Bearer \${FILES_TOKEN}` }],
  }),
  serverKey("headers.*", "text", "One header.", { examples: [`Bearer \${FILES_TOKEN}`] }),
  serverKey("placement", "text", "Where the server lives.", {
    effect:
      "`sandbox` (programs, unless you say otherwise): beside the procedure, as confined as it is. `host` (addresses): outside, held by the broker; its secrets stay there, and `tools` must say what may be called.",
    values: ["sandbox", "host"],
  }),
  serverKey("tools", "texts", "Names of its tools that procedures may use; `*` stands for any characters.", {
    effect: "Without it all tools of a server in the sandbox may be used. A server on the host needs it.",
    examples: [["read_*", "search"], ["*"]],
  }),
  serverKey("timeout", "seconds", "Seconds to wait until it has started.", { default: 5 }),
  serverKey("read_timeout", "seconds", "Seconds to wait for an answer.", { default: 300 }),
  serverKey("max_retries", "integer", "Further attempts to start it.", { default: 1 }),
  serverKey("broker", "boolean", "True: the server of this name in your own config.", { examples: [true] }),
  serverKey("transport", "text", "`broker` means the server of this name in your own config.", {
    values: ["broker"],
  }),
];

/** Keys about tools: toolsets, plugins, MCP servers, tools on the host. */
export const toolConfigKeys: readonly ConfigKey[] = [
  {
    path: "default_toolsets",
    type: "texts",
    trust: "tightens",
    refersTo: "toolset",
    doc: "Toolsets of agents that name no tools.",
    examples: [["files"]],
  },
  {
    path: "tool_paths",
    type: "texts",
    trust: "widens",
    refersTo: "path",
    doc: "Files or folders with plugin tools.",
    effect:
      "Python functions become tools that run in the sandbox's container. All of them together are the toolset `plugin`.",
    examples: [["./tools"]],
  },
  ...serverKeys,
  ...hostToolKeys,
];

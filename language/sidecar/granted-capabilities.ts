/** Capabilities that a folder can be granted; images and commands on the host are none. */
export const grantedCapabilities = [
  "isolation",
  "network",
  "mount",
  "env",
  "limit",
  "model",
  "tool.mcp",
  "tool.plugin",
  "tool.host",
] as const;

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { Environment } from "#broker/secrets/secret-source.ts";
import type { PathDemand, ResolvedConfig, ResolvedMcpServer } from "#language/sidecar/resolved-config.ts";
import { secretHeader, secretVariable } from "#language/sidecar/secret-names.ts";
import {
  type McpServerDefinition,
  type McpTransport,
  mcpServersFolder,
  type PlacedMcpServer,
} from "#protocol/wire/mcp.ts";
import { hostPathOf } from "#runs/session/config-start.ts";

/**
 * The folder of server programs as a mount, for runs that start some in a container; undefined when it does not exist.
 * One that may not be mounted is left out and listed, whoever names it.
 */
export function serversVolume(config: ResolvedConfig, workspaceRoot: string): PathDemand | undefined {
  if (!Object.values(config.mcpServers).some(isProgramInside)) return undefined;
  const named = config.sandbox.serversPath;
  const { file, line, text } = named ?? { file: homedir(), line: 1, text: "~/.tactus/mcp-servers" };
  const folder = hostPathOf(text, path.resolve(workspaceRoot, file));
  if (!existsSync(folder)) return undefined;
  return { text: `${folder}:${mcpServersFolder}:ro`, file, line, trusted: false };
}

/** Whether the runtime starts the server as a program in the sandbox. */
export function isProgramInside({ placement, command }: ResolvedMcpServer): boolean {
  return placement === "sandbox" && command !== undefined;
}

/** The servers that the broker holds, by name. */
export function hostServers({ mcpServers }: ResolvedConfig): Record<string, McpServerDefinition> {
  const held = Object.entries(mcpServers).filter(([, { placement }]) => placement === "host");
  return Object.fromEntries(held.map(([name, server]) => [name, definition(server, hostFolder(server))]));
}

/** What the sandbox gets to know: servers that it starts itself as a whole, others by their name alone. */
export function placedServers({ mcpServers }: ResolvedConfig): Record<string, PlacedMcpServer> {
  return Object.fromEntries(
    Object.entries(mcpServers).map(([name, server]): [string, PlacedMcpServer] => {
      if (server.placement === "host") return [name, { placement: "host" }];
      const folder = server.cwd === undefined ? undefined : path.posix.resolve(mcpServersFolder, server.cwd);
      return [name, { placement: "sandbox", server: definition(server, folder) }];
    }),
  );
}

/**
 * What is secret of the servers on the host: variables and headers whose names say so, and whatever holds the value of
 * a secret variable of this machine.
 */
export function serverSecrets({ mcpServers }: ResolvedConfig, environment: Environment): string[] {
  const known = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && secretVariable.test(name) ? [value] : [],
  );
  return Object.values(mcpServers).flatMap(({ env = {}, headers = {}, args = [] }) => {
    const named = [
      ...Object.entries(env).filter(([name]) => secretVariable.test(name)),
      ...Object.entries(headers).filter(([name]) => secretHeader.test(name)),
    ].map(([, value]) => value.replace(/^Bearer /i, ""));
    const texts = [...Object.values(env), ...Object.values(headers), ...args];
    return [...named, ...known.filter((secret) => texts.some((text) => text.includes(secret)))];
  });
}

/** Shorter values stand in ordinary text too. */
const shortestSecret = 8;

function definition(server: ResolvedMcpServer, folder: string | undefined): McpServerDefinition {
  return {
    transport: transport(server, folder),
    ...(server.tools && { tools: server.tools }),
    startSeconds: server.timeout ?? 5,
    answerSeconds: server.read_timeout ?? 300,
    retries: server.max_retries ?? 1,
  };
}

function transport(server: ResolvedMcpServer, folder: string | undefined): McpTransport {
  const { command = "", args = [], env = {}, url, headers = {} } = server;
  if (url !== undefined) return { kind: "http", url, headers };
  return { kind: "program", command, args, environment: env, ...(folder !== undefined && { folder }) };
}

/** Relative to the folder of the file that defines the server, as volumes are: the person's own config, so it is absolute. */
function hostFolder({ file, cwd = "." }: ResolvedMcpServer): string {
  return hostPathOf(cwd, file);
}

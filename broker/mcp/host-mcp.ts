import { ok } from "#common/result.ts";
import type { McpServers } from "#mcp/mcp-servers.ts";
import type { McpServerDefinition } from "#protocol/wire/mcp.ts";
import type { Environment } from "../secrets/secret-source.ts";
import type { McpService } from "../services.ts";

/** The MCP servers of a run that are held on the host. */
export interface HostMcp extends McpService {
  /** Ends every server that was started; resolves when nothing of them is left. */
  close(): Promise<void>;
}

/** What a program needs to be found and to start; everything else in a server's environment is what config gives. */
const findingVariables = process.platform === "win32" ? ["PATH", "PATHEXT", "SYSTEMROOT"] : ["PATH"];

/** Holds the servers: each is started when it is first asked for, and the code for it is loaded then. */
export function createHostMcp(
  servers: Readonly<Record<string, McpServerDefinition>>,
  environment: Environment,
): HostMcp {
  let opened: Promise<McpServers> | undefined;
  const held = (): Promise<McpServers> => {
    opened ??= import("#mcp/mcp-servers.ts").then(
      ({ McpServers: Servers }) => new Servers({ servers, environment: findable(environment) }),
    );
    return opened;
  };
  return {
    async list({ server, since }, context) {
      const listed = await (await held()).list(server, context);
      if (!listed.ok) return listed;
      const { revision, tools, withheld } = listed.value;
      return ok({ revision, ...(revision !== since && { tools: [...tools], withheld: [...withheld] }) });
    },
    async call({ server, tool, arguments: parameters }, context) {
      const answer = await (await held()).call(server, tool, parameters, context);
      return answer.ok ? ok({ result: answer.value }) : answer;
    },
    close: async () => (await opened)?.close(),
  };
}

function findable(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    findingVariables.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

import type { Json } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { McpServers } from "#mcp/mcp-servers.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import type { McpServerDefinition, PlacedMcpServer } from "#protocol/wire/mcp.ts";
import type { RequestParams } from "#protocol/wire/requests.ts";
import { RequestRefused } from "../ports.ts";

/** The MCP servers that live in the sandbox, for one run. */
export class InsideMcp {
  readonly #servers: Readonly<Record<string, McpServerDefinition>>;
  readonly #emit: (event: SandboxedEvent) => void;
  readonly #ending = new AbortController();
  #held: Promise<McpServers> | undefined;

  constructor(placed: Readonly<Record<string, PlacedMcpServer>>, emit: (event: SandboxedEvent) => void) {
    this.#servers = Object.fromEntries(
      Object.entries(placed).flatMap(([name, server]) =>
        server.placement === "sandbox" ? [[name, server.server]] : [],
      ),
    );
    this.#emit = emit;
  }

  async list({ server, since }: RequestParams<"mcp.list">): Promise<Json> {
    const held = await this.#open();
    const { revision, tools, withheld } = answered(await held.list(server, this.#context));
    if (revision === since) return { revision };
    return { revision, tools: tools.map((tool) => ({ ...tool })), withheld };
  }

  async call({ server, tool, arguments: parameters }: RequestParams<"mcp.call">): Promise<Json> {
    const held = await this.#open();
    const answer = await held.call(server, tool, parameters, this.#context);
    if (!answer.ok && answer.error.code === "tool-denied")
      this.#emit({
        type: "tool.denied",
        tool: `${server}_${tool}`,
        zone: "mcp",
        reason: answer.error.message,
      });
    return { result: answered(answer) };
  }

  /** Tells the servers that what they do is no longer wanted, and ends them. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    await (await this.#held)?.close();
  }

  get #context(): { signal: AbortSignal; warn: (message: string) => void } {
    return {
      signal: this.#ending.signal,
      warn: (message) => this.#emit({ type: "log", level: "warn", message }),
    };
  }

  #open(): Promise<McpServers> {
    this.#held ??= loadClient().then(
      ({ McpServers: Servers }) => new Servers({ servers: this.#servers, environment: startingVariables() }),
    );
    return this.#held;
  }
}

/** The client is a bundle of its own, beside the entry, since most runs use no server. */
function loadClient(): Promise<typeof import("#mcp/mcp-servers.ts")> {
  const file = import.meta.url.endsWith(".ts") ? "../../mcp/mcp-servers.ts" : "./mcp.mjs";
  return import(new URL(file, import.meta.url).href);
}

/**
 * Variables of every server. Node would hand the limits of this process on to a server that is Node, and it could not
 * read its own files: its wall is the container, so it may read, and start threads and programs.
 */
function startingVariables(): Record<string, string> {
  const path = process.env["PATH"];
  return {
    ...(path !== undefined && { PATH: path }),
    NODE_OPTIONS: [
      "--permission",
      "--allow-fs-read=*",
      "--allow-worker",
      "--allow-child-process",
      ...(process.permission?.has("net") ? ["--allow-net"] : []),
      "--disable-warning=PERM0002",
    ].join(" "),
  };
}

function answered<Value>(result: Result<Value, { readonly code: string; readonly message: string }>): Value {
  if (result.ok) return result.value;
  throw new RequestRefused(result.error.code, result.error.message);
}

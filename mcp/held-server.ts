import { randomInt } from "node:crypto";
import type { Json, JsonObject } from "#common/json.ts";
import { matchesAny } from "#common/name-pattern.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { oneLine } from "#common/visible-text.ts";
import type { McpServerDefinition } from "#protocol/wire/mcp.ts";
import { type CheckedTool, checkedTools } from "./checked-tools.ts";
import { type McpConnection, openConnection } from "./connection.ts";
import { httpLink } from "./http-link.ts";
import type { McpFailure } from "./mcp-failure.ts";
import { ProgramLink } from "./program-link.ts";
import type { ServerLink } from "./server-link.ts";

/** What a request to a server needs of whoever makes it. */
export interface McpContext {
  readonly signal: AbortSignal;
  /** Takes what happened beside the answer: for the journal, never for a procedure. */
  readonly warn: (message: string) => void;
}

/** The tools of a server, with a number that grows when they change. */
export interface ToolListing {
  readonly revision: number;
  readonly tools: readonly CheckedTool[];
  /** Names of tools that config does not allow. */
  readonly withheld: readonly string[];
}

/** Starts of one server in one run: one that crashes at each call is not started for ever. */
const maximumStarts = 10;
const pauseMilliseconds = 50;

export interface HeldServerOptions {
  readonly name: string;
  readonly definition: McpServerDefinition;
  /** What every server's environment holds so that programs are found. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One configured server over the whole run: started when it is first needed, again after it ended, closed with the run. */
export class HeldServer {
  readonly #options: HeldServerOptions;
  readonly #closing = new AbortController();
  #connecting: Promise<Result<McpConnection, McpFailure>> | undefined;
  #connection: McpConnection | undefined;
  #starts = 0;
  /** Begins anywhere, so that a resumed run does not take the list of another process for this one's. */
  #revision = randomInt(2 ** 40);
  #listing: ToolListing | undefined;

  constructor(options: HeldServerOptions) {
    this.#options = options;
  }

  /** The tools as they are now: asked for again only when the server said that they changed, or was started again. */
  async list(context: McpContext): Promise<Result<ToolListing, McpFailure>> {
    const connected = await this.#connected(context);
    if (!connected.ok) return connected;
    if (this.#listing) return ok(this.#listing);
    this.#revision += 1;
    const revision = this.#revision;
    const listed = await connected.value.list(context.signal);
    if (!listed.ok) return this.#named(listed.error);
    const { warnings, ...checked } = checkedTools(listed.value, this.#options.definition.tools);
    for (const warning of warnings) context.warn(`MCP server '${this.#options.name}': ${warning}`);
    const listing = { revision, ...checked };
    // A change that was told of meanwhile makes this list an old one.
    if (revision === this.#revision) this.#listing = listing;
    return ok(listing);
  }

  async call(tool: string, parameters: JsonObject, context: McpContext): Promise<Result<Json, McpFailure>> {
    const { tools } = this.#options.definition;
    if (tools && !matchesAny(tool, tools)) return fail(notAllowed(this.#options.name, tool));
    const connected = await this.#connected(context);
    if (!connected.ok) return connected;
    const answer = await connected.value.call(tool, parameters, context.signal);
    if (answer.ok) return answer;
    this.#tellLastWords(connected.value, context);
    return this.#named(answer.error);
  }

  /** Ends the server; later calls fail. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting;
    await this.#connection?.close();
  }

  async #connected(context: McpContext): Promise<Result<McpConnection, McpFailure>> {
    if (this.#connection?.isOpen()) return ok(this.#connection);
    this.#connecting ??= this.#connect(context).finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(context: McpContext): Promise<Result<McpConnection, McpFailure>> {
    await this.#connection?.close();
    this.#forget();
    const { retries } = this.#options.definition;
    for (let attempt = 0; ; attempt++) {
      const opened = await this.#open(context);
      if (opened.ok) {
        this.#connection = opened.value;
        return opened;
      }
      if (!opened.error.transient || attempt >= retries) return this.#named(opened.error);
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds * (attempt + 1)));
    }
  }

  async #open(context: McpContext): Promise<Result<McpConnection, McpFailure>> {
    if (this.#closing.signal.aborted) return fail({ code: "cancelled", message: "the run is over" });
    this.#starts += 1;
    if (this.#starts > maximumStarts)
      return fail({
        code: "mcp-server-failed",
        message: `was started ${maximumStarts} times and ended each time`,
      });
    const { definition } = this.#options;
    const link = this.#newLink();
    const opened = await openConnection({
      link,
      definition,
      signal: this.#closing.signal,
      onToolsChanged: () => this.#forget(),
    });
    if (!opened.ok) this.#tellLastWords(link, context);
    return opened;
  }

  /** What a server wrote before it ended tells a person what to do; it stays on this side. */
  #tellLastWords(ended: Pick<ServerLink, "end" | "lastWords">, { warn }: McpContext): void {
    const words = ended.end() === undefined ? "" : ended.lastWords();
    if (words !== "") warn(`MCP server '${this.#options.name}' said: ${words}`);
  }

  #newLink(): ServerLink {
    const { transport } = this.#options.definition;
    if (transport.kind === "http") return httpLink(transport);
    return new ProgramLink(transport, this.#options.environment);
  }

  /** The list that is known is no longer the server's. */
  #forget(): void {
    this.#revision += 1;
    this.#listing = undefined;
  }

  #named({ message, ...failure }: McpFailure): Result<never, McpFailure> {
    if (failure.code !== "mcp-server-failed") return fail({ ...failure, message });
    return fail({ ...failure, message: `MCP server '${this.#options.name}' ${message}.` });
  }
}

function notAllowed(server: string, tool: string): McpFailure {
  return {
    code: "tool-denied",
    message: `The config does not allow the tool '${oneLine(tool, 60)}' of MCP server '${server}' (\`mcp_servers.${server}.tools\`).`,
  };
}

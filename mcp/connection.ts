import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ErrorCode, McpError, ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import type { JsonSchemaValidator, jsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";
import * as z from "zod";
import { errorText } from "#common/error-text.ts";
import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { McpServerDefinition } from "#protocol/wire/mcp.ts";
import { maximumTools } from "./checked-tools.ts";
import type { McpFailure } from "./mcp-failure.ts";
import type { ServerLink } from "./server-link.ts";
import { toolResult } from "./tool-result.ts";

/** A server that has greeted. */
export interface McpConnection extends Pick<ServerLink, "end" | "lastWords"> {
  /** The tools as the server lists them, unchecked. */
  list(signal: AbortSignal): Promise<Result<readonly unknown[], McpFailure>>;
  call(tool: string, parameters: JsonObject, signal: AbortSignal): Promise<Result<Json, McpFailure>>;
  /** False once a further request would fail: the next one needs a new connection. */
  isOpen(): boolean;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly link: ServerLink;
  readonly definition: McpServerDefinition;
  readonly signal: AbortSignal;
  /** The server says that it offers other tools now. */
  readonly onToolsChanged: () => void;
}

/** Pages of a list; one that never ends is cut. */
const maximumPages = 50;

/** Only the envelope: a tool that is wrong must not spoil the list, so each is checked by itself. */
const listPage = z.looseObject({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });
const anyResult = z.looseObject({});

/**
 * Starts the server, greets it and gives the connection. It offers the server nothing: what servers may ask of clients
 * (models, people, folders) is declined. On failure nothing is left.
 */
export async function openConnection(options: ConnectionOptions): Promise<Result<McpConnection, McpFailure>> {
  const { link, definition, signal, onToolsChanged } = options;
  const client = new Client(
    { name: "tactus-studio", version: "1" },
    { capabilities: {}, jsonSchemaValidator: unchecked },
  );
  client.setNotificationHandler(ToolListChangedNotificationSchema, onToolsChanged);
  let open = true;
  client.onclose = () => {
    open = false;
  };
  const connection = new ClientConnection(client, options, () => open);
  try {
    await client.connect(link.transport, { timeout: definition.startSeconds * 1000, signal });
    return ok(connection);
  } catch (error) {
    await link.close();
    return fail(startFailure(error, options));
  }
}

class ClientConnection implements McpConnection {
  readonly #client: Client;
  readonly #options: ConnectionOptions;
  readonly #transportIsOpen: () => boolean;
  #broken = false;

  constructor(client: Client, options: ConnectionOptions, transportIsOpen: () => boolean) {
    this.#client = client;
    this.#options = options;
    this.#transportIsOpen = transportIsOpen;
  }

  end(): string | undefined {
    return this.#options.link.end();
  }

  lastWords(): string {
    return this.#options.link.lastWords();
  }

  isOpen(): boolean {
    return this.#transportIsOpen() && !this.#broken;
  }

  async list(signal: AbortSignal): Promise<Result<readonly unknown[], McpFailure>> {
    if (!this.#client.getServerCapabilities()?.tools) return ok([]);
    const tools: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < maximumPages && tools.length <= maximumTools; page++) {
      const params = cursor === undefined ? {} : { cursor };
      const answer = await this.#request({ method: "tools/list", params }, listPage, signal);
      if (!answer.ok) return answer;
      tools.push(...answer.value.tools.slice(0, maximumTools + 1));
      cursor = answer.value.nextCursor;
      if (cursor === undefined) break;
    }
    return ok(tools);
  }

  async call(tool: string, parameters: JsonObject, signal: AbortSignal): Promise<Result<Json, McpFailure>> {
    const params = { name: tool, arguments: { ...parameters } };
    const answer = await this.#request({ method: "tools/call", params }, anyResult, signal);
    return answer.ok ? toolResult(answer.value) : answer;
  }

  async close(): Promise<void> {
    this.#broken = true;
    await this.#options.link.close();
    await this.#client.close();
  }

  /** An abort or the end of the time is told to the server, so that it can stop too. */
  async #request<Answer>(
    request: { readonly method: string; readonly params: Record<string, unknown> },
    schema: z.ZodType<Answer>,
    signal: AbortSignal,
  ): Promise<Result<Answer, McpFailure>> {
    // The SDK keeps listening to a signal after the answer, so it gets one of this request alone.
    const own = new AbortController();
    const abort = (): void => own.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    const timeout = this.#options.definition.answerSeconds * 1000;
    try {
      return ok(await this.#client.request(request, schema, { signal: own.signal, timeout }));
    } catch (error) {
      return fail(this.#failure(error, signal));
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  #failure(error: unknown, signal: AbortSignal): McpFailure {
    if (signal.aborted) return { code: "cancelled", message: "The run is being stopped." };
    if (error instanceof z.ZodError) return serverFailed("gave an answer that is none");
    if (!(error instanceof McpError)) {
      this.#broken = true;
      return serverFailed(`failed: ${requestProblem(error)}`);
    }
    if (error.code === ErrorCode.RequestTimeout)
      return serverFailed(`did not answer within ${this.#options.definition.answerSeconds} s (read_timeout)`);
    if (error.code === ErrorCode.ConnectionClosed || !this.#transportIsOpen())
      return serverFailed(`${this.#options.link.end() ?? "went away"} while it was asked`);
    return { code: "tool-failed", message: error.message.replace(/^MCP error -?\d+: /, "").slice(0, 2000) };
  }
}

function startFailure(error: unknown, { link, definition, signal }: ConnectionOptions): McpFailure {
  if (signal.aborted) return { code: "cancelled", message: "The run is being stopped." };
  const missing = error instanceof Error && "code" in error ? missingReasons[String(error.code)] : undefined;
  if (missing !== undefined) return serverFailed(missing);
  if (error instanceof McpError && error.code === ErrorCode.RequestTimeout)
    return {
      ...serverFailed(`did not answer within ${definition.startSeconds} s (timeout)`),
      transient: true,
    };
  const end = link.end();
  if (end !== undefined) return { ...serverFailed(`${end} before it was ready`), transient: true };
  return { ...serverFailed(`could not be started: ${requestProblem(error)}`), transient: true };
}

/** What another attempt would meet again. */
const missingReasons: Readonly<Record<string, string>> = {
  ENOENT: "could not be started: its program, or the folder it is to work in, does not exist",
  EACCES: "could not be started: its program may not be started",
  ERR_ACCESS_DENIED:
    "can't be started here, since this isolation starts no programs: use `--isolation docker`, or give the server `placement: host` in your own config",
};

/** What went wrong on the way, in one line; answers of foreign servers may be long. */
function requestProblem(error: unknown): string {
  if (error instanceof StreamableHTTPError && error.code !== undefined && error.code > 0)
    return `HTTP ${error.code}`;
  return errorText(error).slice(0, 300);
}

/** The message continues "MCP server 'x' …"; whoever knows the name puts it before. */
function serverFailed(message: string): McpFailure {
  return { code: "mcp-server-failed", message };
}

/** Results are data, whatever schema a server declares for them; and the sandbox compiles no code from texts. */
const unchecked: jsonSchemaValidator = {
  getValidator<Value>(): JsonSchemaValidator<Value> {
    return (input) => ({ valid: true, data: input as Value, errorMessage: undefined });
  },
};

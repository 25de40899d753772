import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "#common/json.ts";
import {
  type ScriptedPage,
  type ScriptedToolCall,
  type ScriptedUsage,
  type Wire,
  type WireEvent,
  wires,
} from "./model-server-wires.ts";

/** What the server answers to one request. Where an ending is given, the answer stops there in that way. */
export type ModelReply =
  | {
      readonly kind: "answer";
      readonly text?: string | readonly string[];
      readonly toolCalls?: readonly ScriptedToolCall[];
      /** Pages of a search that the provider ran before it answered. */
      readonly pages?: readonly ScriptedPage[];
      readonly usage?: ScriptedUsage;
      /** `stall`: says nothing more; `cut`: destroys the connection; `early`: ends properly, but without the wire's end. */
      readonly ending?: "stall" | "cut" | "early";
    }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: Json;
    }
  /** Takes the request and never says anything. */
  | { readonly kind: "silent" }
  /** A stream whose data is no JSON. */
  | { readonly kind: "garbage" }
  /** A page where a stream was expected. */
  | { readonly kind: "page" }
  /** A stream without end: pieces of text of this many characters until the client hangs up. */
  | { readonly kind: "endless"; readonly characters: number };

/** A request as it arrived. */
export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, Json>;
}

export interface ModelServer {
  /** `http://127.0.0.1:<port>`; a base URL for OpenAI's wires is this with `/v1`. */
  readonly url: string;
  /** All requests so far, in order. */
  readonly requests: readonly ModelRequest[];
  dispose(): Promise<void>;
}

/** Replies one after the other (the last one repeats), or chosen by the request. */
export type ModelScript = readonly ModelReply[] | ((request: ModelRequest, index: number) => ModelReply);

/**
 * A real HTTP server on the loopback that speaks the wires of OpenAI (chat completions, responses) and of Anthropic
 * (messages), streaming, and gives scripted answers and failures.
 */
export async function startModelServer(script: ModelScript): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request);
      const reply = replyFor(script, request, requests.length - 1);
      return send(response, request, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    dispose: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function replyFor(script: ModelScript, request: ModelRequest, index: number): ModelReply {
  const reply =
    typeof script === "function" ? script(request, index) : script[Math.min(index, script.length - 1)];
  return reply ?? { kind: "status", status: 500, body: { error: { message: "The script has no reply." } } };
}

async function readRequest(incoming: IncomingMessage): Promise<ModelRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return { path: incoming.url ?? "", headers: incoming.headers, body: text === "" ? {} : JSON.parse(text) };
}

async function send(response: ServerResponse, request: ModelRequest, reply: ModelReply): Promise<void> {
  const wire = Object.entries(wires).find(([suffix]) => request.path.endsWith(suffix))?.[1]();
  if (!wire) return sendStatus(response, 404, {}, { error: { message: `no such path: ${request.path}` } });
  if (reply.kind === "status")
    return sendStatus(response, reply.status, reply.headers ?? {}, reply.body ?? {});
  if (reply.kind === "silent") return;
  if (reply.kind === "page") {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Sign in</p>");
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (reply.kind === "garbage") response.end("data: {not json\n\n");
  else if (reply.kind === "endless") await sendEndless(response, wire, reply.characters);
  else sendAnswer(response, wire, reply);
}

function sendStatus(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Json,
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function sendAnswer(
  response: ServerResponse,
  wire: Wire,
  reply: Extract<ModelReply, { kind: "answer" }>,
): void {
  const { text = [], toolCalls = [], pages, usage = { input: 10, output: 5 }, ending } = reply;
  const pieces = typeof text === "string" ? [text] : text;
  write(response, wire.begin("scripted"));
  if (pages && wire.webSearch) write(response, wire.webSearch(pages));
  if (pieces.length > 0) write(response, wire.text(pieces));
  for (const [index, call] of toolCalls.entries()) write(response, wire.toolCall(index, call));
  if (ending === "stall") return;
  if (ending === "cut") {
    setImmediate(() => response.destroy());
    return;
  }
  if (ending !== "early") write(response, wire.end(toolCalls.length === 0 ? "stop" : "tools", usage));
  response.end();
}

async function sendEndless(response: ServerResponse, wire: Wire, characters: number): Promise<void> {
  write(response, wire.begin("scripted"));
  const [start, piece] = wire.text(["x".repeat(characters), "x".repeat(characters)]);
  if (start) write(response, [start]);
  while (piece && !response.destroyed) {
    if (!write(response, [piece])) await writableAgain(response);
  }
}

/** Resolves when the client has read on, or has hung up. */
async function writableAgain(response: ServerResponse): Promise<void> {
  const done = new AbortController();
  const options = { signal: done.signal };
  await Promise.race([once(response, "drain", options), once(response, "close", options)]);
  done.abort();
}

function write(response: ServerResponse, events: readonly WireEvent[]): boolean {
  const text = events.map(({ event, data }) => {
    const line = typeof data === "string" ? data : JSON.stringify(data);
    return `${event === undefined ? "" : `event: ${event}\n`}data: ${line}\n\n`;
  });
  return response.write(text.join(""));
}

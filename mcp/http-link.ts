import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { errorText } from "#common/error-text.ts";
import type { McpTransport } from "#protocol/wire/mcp.ts";
import type { ServerLink } from "./server-link.ts";

export type ServerAddress = Extract<McpTransport, { kind: "http" }>;

/** Bytes of one response; a stream of events counts as one. */
const maximumResponseBytes = 32 * 1024 * 1024;
const goodbyeMilliseconds = 1000;

/** A server at an address, over streamable HTTP. */
export function httpLink({ url, headers }: ServerAddress): ServerLink {
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { ...headers } },
    fetch: guardedFetch,
  });
  return {
    transport,
    lastWords: () => "",
    end: () => undefined,
    close: async () => {
      await endSession(transport);
      await transport.close();
    },
  };
}

/** The server may forget the session now; one that is gone or does not answer need not be told. */
async function endSession(transport: StreamableHTTPClientTransport): Promise<void> {
  const time = Promise.withResolvers<void>();
  const timer = setTimeout(() => time.resolve(), goodbyeMilliseconds);
  await Promise.race([transport.terminateSession().catch(() => undefined), time.promise]);
  clearTimeout(timer);
}

/** Follows no redirect, since the headers (keys among them) would go along, and believes in no endless answer. */
const guardedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: "manual" }).catch(throwUnreachable);
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new Error(
      `HTTP ${response.status}: the server redirects elsewhere, and keys are not sent along. Set its final address as the url.`,
    );
  }
  if (!response.body) return response;
  const { status, statusText, headers } = response;
  return new Response(boundedBody(response.body), { status, statusText, headers });
};

function throwUnreachable(error: unknown): never {
  if (error instanceof Error && error.name === "AbortError") throw error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : errorText(cause);
  if (code === "ERR_ACCESS_DENIED")
    throw new Error("it can't be reached, since the sandbox has no network: give it `placement: host`");
  throw new Error(`it can't be reached (${code})`);
}

function boundedBody(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let bytes = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > maximumResponseBytes)
          controller.error(new Error("the answer is larger than an answer may be"));
        else controller.enqueue(chunk);
      },
    }),
  );
}

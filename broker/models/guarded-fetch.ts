import { errorCode } from "#common/error-text.ts";
import { ModelFailure } from "./model-failure.ts";
import type { Watchdog } from "./watchdog.ts";

/** Bytes of one response; an answer has a few kilobytes, a long one with its envelope some megabytes. */
const maximumResponseBytes = 32 * 1024 * 1024;

/** What the providers answer with: events, JSON, AWS's binary events. */
const answerTypes = ["text/event-stream", "application/json", "application/vnd.amazon.eventstream"];

/** Failures that another attempt a second later would meet again. */
const finalCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * The only way to a provider. Follows no redirect (the key would go along), tells the watchdog what moves, and does
 * not believe in endless or foreign answers. Throws ModelFailure.
 */
export function guardedFetch(watchdog: Watchdog): typeof fetch {
  return async (input, init) => {
    watchdog.touch();
    try {
      const response = await fetch(input, { ...init, redirect: "manual" });
      watchdog.touch();
      checkHead(response);
      return withGuardedBody(response, watchdog);
    } catch (error) {
      watchdog.rest();
      throw connectionFailure(error) ?? error;
    }
  };
}

function checkHead(response: Response): void {
  if (response.status >= 300 && response.status < 400) {
    throw new ModelFailure(
      "model-failed",
      `HTTP ${response.status}: the endpoint redirects elsewhere, and keys are not sent along. Set its final address as the base URL.`,
    );
  }
  const type = response.headers.get("content-type") ?? "nothing";
  if (response.ok && !answerTypes.some((known) => type.startsWith(known))) {
    throw new ModelFailure(
      "model-failed",
      `the endpoint answered with ${type.slice(0, 60)} where a model's answer was expected. Is the base URL right?`,
    );
  }
}

/** A connection that can't be made at all; other troubles of the network are left to the retries. */
function connectionFailure(error: unknown): ModelFailure | undefined {
  const code = error instanceof Error ? errorCode(error.cause) : undefined;
  if (code === undefined || !(finalCodes.has(code) || isCertificateCode(code))) return undefined;
  return new ModelFailure(
    "model-failed",
    `the endpoint can't be reached (${code}). Is the base URL right, and the server running?`,
  );
}

function isCertificateCode(code: string): boolean {
  return code.includes("CERT") || code.includes("SELF_SIGNED") || code.startsWith("ERR_TLS");
}

function withGuardedBody(response: Response, watchdog: Watchdog): Response {
  if (!response.body) {
    watchdog.rest();
    return response;
  }
  const { status, statusText, headers } = response;
  return new Response(guardedBody(response.body, watchdog), { status, statusText, headers });
}

function guardedBody(body: ReadableStream<Uint8Array>, watchdog: Watchdog): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch(throwCut);
      if (done) {
        watchdog.rest();
        controller.close();
        return;
      }
      watchdog.touch();
      bytes += value.length;
      if (bytes > maximumResponseBytes)
        throw new ModelFailure("model-failed", "the answer is larger than an answer can be.");
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function throwCut(): never {
  throw new ModelFailure("model-failed", "the connection was cut in the middle of the answer. Try again.", {
    transient: true,
  });
}
